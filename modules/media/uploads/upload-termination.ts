import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { KnownUploads } from './known-uploads.js';
import type { MediaOwner } from '../contract.js';
import { UploadHosts } from '../owners/upload-hosts.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { uploadClosed } from './upload-refusals.js';

/** The client takes an upload back. */
@Injectable()
export class UploadTermination {
  constructor(
    private readonly known: KnownUploads,
    private readonly lifecycle: UploadLifecycle,
    private readonly hosts: UploadHosts,
  ) {}

  /** Idempotent. @throws Refusal when the upload is not this owner's, is complete, or was kept as it was */
  async terminate(uploadId: string, owner: MediaOwner, by: By): Promise<void> {
    const upload = await this.known.current(uploadId, owner);
    const left = await this.lifecycle.terminate(upload);
    if (left === null) uploadClosed(upload);
    await this.hosts.of(owner).terminated({ uploadId, recordingId: upload.recordingId, owner, left }, by);
  }
}
