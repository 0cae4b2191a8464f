import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { ByteRange } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { segmentName, uploadPrefix, type Segment, type StoredSegment, type Upload } from './upload.js';
import { UploadRows } from './upload-rows.js';

const PAGE = 500;
/** Segments fetched ahead of us who read all of it: enough to hide a remote storage's latency. */
const READ_AHEAD = 8;
/** Ahead of somebody elsewhere, who may not read on: what waits for them stays in memory. */
const SENT_AHEAD = 2;

/** An upload's segments, read as the one file they are: for playing before there is a better one, and for making it. */
@Injectable()
export class SegmentedMedia {
  constructor(
    private readonly rows: UploadRows,
    private readonly sealed: SealedObjects,
  ) {}

  /**
   * The plaintext of a range (default: all that is acknowledged) in flat memory.
   * The stream fails with ObjectMissing when the segments are removed meanwhile: a seekable file has replaced them.
   */
  read(upload: Upload, range: ByteRange = { start: 0, end: upload.offset - 1 }): Readable {
    return Readable.from(this.buffers(upload, range, SENT_AHEAD), { objectMode: false, highWaterMark: 64 * 1024 });
  }

  /** The acknowledged appends in order, from the one that holds the byte at `position`: what the whole is made of. */
  async *manifest(upload: Pick<Upload, 'id'>, position = 0): AsyncGenerator<StoredSegment> {
    for (let from = position; ;) {
      const page = await this.rows.segmentsFrom(upload.id, from, PAGE);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = last.offset + last.length;
    }
  }

  /** SHA-256 of the stored bytes from the first to the last, as they are opened from storage. */
  async digest(upload: Upload): Promise<Buffer> {
    const whole = createHash('sha256');
    for await (const bytes of this.buffers(upload, { start: 0, end: upload.offset - 1 }, READ_AHEAD))
      whole.update(bytes);
    return whole.digest();
  }

  private async *buffers(upload: Upload, range: ByteRange, most: number): AsyncGenerator<Buffer> {
    const ahead: Promise<Buffer>[] = [];
    for await (const segment of this.manifest(upload, range.start)) {
      if (segment.offset > range.end) break;
      ahead.push(this.fetch(upload, segment, within(segment, range)));
      if (ahead.length === most) yield await ahead.shift()!;
    }
    for (const fetched of ahead) yield await fetched;
  }

  /** A failure is the reader's to see in its turn; a reader that left before that must not bring the process down. */
  private fetch(upload: Upload, segment: StoredSegment, range: ByteRange): Promise<Buffer> {
    const { place, length: size } = segment;
    const added = { folder: uploadPrefix(upload), name: segmentName(segment), place, size };
    const fetched = this.sealed.getAdded(upload.recordingId, added, range).then(buffer);
    fetched.catch(() => undefined);
    return fetched;
  }
}

/** The part of a range that falls into a segment, counted from the segment's start. */
function within({ offset, length }: Segment, { start, end }: ByteRange): ByteRange {
  return { start: Math.max(start - offset, 0), end: Math.min(end - offset, length - 1) };
}
