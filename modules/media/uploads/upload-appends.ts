import { Injectable } from '@nestjs/common';
import { SubjectErased } from '#platform/key-ring/key-ring.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { KnownUploads } from './known-uploads.js';
import { SegmentCommits } from './segment-commits.js';
import { GRACE_MINUTES } from './segment-removal.js';
import { segmentName, uploadPrefix, type Segment, type StoredSegment, type Upload } from './upload.js';
import { elsewhere, refuseBeyond, refuseUnlessOpen, StorageUnavailable } from './upload-refusals.js';

/** More races than this at one offset mean that somebody keeps sending the same append; they may ask where we are. */
const RACES = 3;

/** Bytes stored on older knowledge might come after the sweep of an upload that was closed meanwhile, and stay. */
const MOST_AGE_MS = (GRACE_MINUTES / 2) * 60_000;

/** Bytes for one offset, with their digest. */
export interface Append {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly sha256: Buffer;
}

/**
 * The append that loses nothing: first the sealed bytes are durable, then one statement moves the offset and makes
 * the segment exist. Any server may do it and none takes a lock; whoever loses the race leaves bytes that no row speaks
 * of: they go with the segments around them, or with the sweep.
 */
@Injectable()
export class UploadAppends {
  constructor(
    private readonly known: KnownUploads,
    private readonly commits: SegmentCommits,
    private readonly sealed: SealedObjects,
  ) {}

  /**
   * Adds an append's bytes (at least one, at most `SEGMENT_BYTES`). Sending what is stored already is no error.
   * @returns the upload as it is then: everything before its offset is safe
   * @throws Refusal; StorageUnavailable when nothing was acknowledged and the same may be tried again
   */
  async append(upload: Upload, { offset, bytes, sha256 }: Append): Promise<Upload> {
    const segment = { offset, length: bytes.length, sha256 };
    const current = upload.offset === offset && !isOld(upload);
    let seen = current ? upload : await this.known.current(upload.id, upload.owner);
    for (let race = 0; race < RACES; race++) {
      if (offset < seen.offset && (await this.known.holds(seen, segment))) return seen;
      refuseUnlessOpen(seen);
      if (offset !== seen.offset) elsewhere(seen);
      refuseBeyond(seen, offset + bytes.length);
      const stored = await this.store(seen, segment, bytes);
      if (await this.commits.commit(seen.id, stored))
        return this.known.keep({ ...seen, offset: offset + bytes.length, lastAppendAt: new Date() });
      seen = await this.known.current(seen.id, seen.owner);
      if (seen.status === 'discarded') await this.sealed.delete(stored.place.key);
    }
    elsewhere(seen);
  }

  private async store(upload: Upload, segment: Segment, bytes: Buffer): Promise<StoredSegment> {
    const name = { folder: uploadPrefix(upload), name: segmentName(segment) };
    try {
      return { ...segment, place: await this.sealed.add(upload.recordingId, name, bytes) };
    } catch (error) {
      if (error instanceof SubjectErased) refuseUnlessOpen({ ...upload, status: 'discarded' });
      throw new StorageUnavailable(error);
    }
  }
}

/** It was open when it took its last append; of the time since then, this server knows nothing. */
function isOld({ lastAppendAt }: Upload): boolean {
  return Date.now() - lastAppendAt.getTime() > MOST_AGE_MS;
}
