import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { KnownUploads } from './known-uploads.js';
import { UploadedRecordings } from './recordings-port.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { uploadSettled } from './upload-refusals.js';

/** The client takes an upload back. */
@Injectable()
export class UploadTermination {
  constructor(
    private readonly known: KnownUploads,
    private readonly lifecycle: UploadLifecycle,
    private readonly recordings: UploadedRecordings,
  ) {}

  /** Idempotent. @throws Refusal when the upload is not this request's, or its recording was sent or kept already */
  async terminate(uploadId: string, requestId: string, by: By): Promise<void> {
    const upload = await this.known.current(uploadId, requestId);
    if (upload.settled && upload.status !== 'discarded') uploadSettled();
    const left = await this.lifecycle.terminate(upload);
    await this.recordings.terminated({ uploadId, recordingId: upload.recordingId, left }, by);
  }
}
