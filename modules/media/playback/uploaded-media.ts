import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Condition } from '#platform/http/proven-conditions.js';
import type { ByteRange } from '#platform/object-storage/object-storage.js';
import { SegmentedMedia } from '../uploads/segmented-media.js';
import type { Track } from '../uploads/upload.js';
import { UploadRows } from '../uploads/upload-rows.js';

/** Something with bytes to send. */
export interface Playable {
  readonly mediaType: string;
  readonly size: number;
  readonly etag: string;
  read(range: ByteRange): Promise<Readable>;
  /** That it may still be sent. */
  readonly remains: Condition;
}

/** What arrived, track by track. */
@Injectable()
export class UploadedMedia {
  constructor(
    private readonly rows: UploadRows,
    private readonly segments: SegmentedMedia,
  ) {}

  async track(recordingId: string, track: Track): Promise<Omit<Playable, 'remains'> | null> {
    const upload = (await this.rows.of({ recordingId })).find((one) => one.track === track);
    if (!upload || upload.offset === 0) return null;
    const read = async (range: ByteRange) => this.segments.read(upload, range);
    return { mediaType: upload.mediaType, size: upload.offset, etag: `"${track}-${upload.offset}"`, read };
  }
}
