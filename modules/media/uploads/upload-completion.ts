import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { ObjectMissing } from '#platform/object-storage/object-storage.js';
import type { MediaOwner } from '../contract.js';
import { KnownUploads } from './known-uploads.js';
import type { Upload, UploadClaim } from './upload.js';
import { UploadDigests } from './upload-digests.js';
import { elsewhere, refuseUnlessOpen } from './upload-refusals.js';
import { UploadRows } from './upload-rows.js';

/** Clocks and last chunks are not exact; a recording this much over its limit was still stopped by it. */
const DURATION_GRACE_MS = 15_000;

/** Closes an upload once the client and the server agree, by length and digest, on every byte of it. */
@Injectable()
export class UploadCompletion {
  constructor(
    private readonly known: KnownUploads,
    private readonly rows: UploadRows,
    private readonly digests: UploadDigests,
  ) {}

  /**
   * Idempotent: the same claim about a completed upload succeeds again.
   * @throws Refusal: `UPLOAD_OFFSET_MISMATCH` while bytes are missing, `UPLOAD_DIGEST_MISMATCH` when they differ, or
   * some that were acknowledged are nowhere: who has them still can upload them again
   */
  async complete(id: string, owner: MediaOwner, claim: UploadClaim): Promise<Upload> {
    const upload = await this.known.current(id, owner);
    if (upload.status === 'complete' && agrees(upload, claim)) return upload;
    refuseUnlessOpen(upload);
    if (claim.bytes !== upload.offset) elsewhere(upload);
    if (claim.durationMs > upload.maxDurationMs + DURATION_GRACE_MS) tooLong(upload);
    const sha256 = await this.digests.of(upload).catch(unlessMissing);
    if (!sha256) refuseUnlessOpen(await this.known.current(id, owner)); // discarded while it was read
    if (!sha256?.equals(claim.sha256))
      refuse('UPLOAD_DIGEST_MISMATCH', 'What is stored differs from what you have. Upload it again.', 'conflict');
    if (await this.rows.complete(id, claim)) return this.known.current(id, owner);
    return this.complete(id, owner, claim);
  }
}

function unlessMissing(error: unknown): null {
  if (error instanceof ObjectMissing) return null;
  throw error;
}

function agrees(upload: Upload, claim: UploadClaim): boolean {
  return upload.offset === claim.bytes && upload.sha256?.equals(claim.sha256) === true;
}

function tooLong({ maxDurationMs }: Upload): never {
  refuse('RECORDING_TOO_LONG', 'This recording is longer than this workspace allows.', 'too_large', { maxDurationMs });
}
