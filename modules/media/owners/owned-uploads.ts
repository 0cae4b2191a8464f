import { Injectable } from '@nestjs/common';
import { Uploads, type ArrivedUpload, type MediaOwner, type UploadClaim } from '../contract.js';
import { UploadCompletion } from '../uploads/upload-completion.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { UploadRows } from '../uploads/upload-rows.js';

/** What the owners of recordings may do with their uploads. */
@Injectable()
export class OwnedUploads extends Uploads {
  constructor(
    private readonly rows: UploadRows,
    private readonly lifecycle: UploadLifecycle,
    private readonly completion: UploadCompletion,
  ) {
    super();
  }

  of(owner: MediaOwner): Promise<readonly ArrivedUpload[]> {
    return this.rows.of({ owner });
  }

  complete(uploadId: string, owner: MediaOwner, claim: UploadClaim): Promise<ArrivedUpload> {
    return this.completion.complete(uploadId, owner, claim);
  }

  async close(recordingId: string): Promise<readonly ArrivedUpload[]> {
    await this.lifecycle.close(recordingId);
    return this.rows.of({ recordingId });
  }

  settle(recordingId: string): Promise<void> {
    return this.lifecycle.finalise(recordingId);
  }

  stay(recordingId: string, owner: MediaOwner): Promise<boolean> {
    return this.lifecycle.stay(recordingId, owner);
  }
}
