import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { KnownUploads } from './known-uploads.js';
import { UploadedRecordings } from '../contract.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { uploadClosed } from './upload-refusals.js';

/** The client takes an upload back. */
@Injectable()
export class UploadTermination {
  constructor(
    private readonly known: KnownUploads,
    private readonly lifecycle: UploadLifecycle,
    private readonly recordings: UploadedRecordings,
  ) {}

  /** Idempotent. @throws Refusal when the upload is not this request's, is complete, or was kept as it was */
  async terminate(uploadId: string, requestId: string, by: By): Promise<void> {
    const upload = await this.known.current(uploadId, requestId);
    const left = await this.lifecycle.terminate(upload);
    if (left === null) uploadClosed(upload);
    await this.recordings.terminated({ uploadId, recordingId: upload.recordingId, left }, by);
  }
}
