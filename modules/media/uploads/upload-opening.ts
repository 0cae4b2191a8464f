import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Refusal, refuse } from '#kernel/refusal.js';
import { KnownUploads } from './known-uploads.js';
import { UploadedRecordings, type BeginningUpload, type UploadTerms } from '../contract.js';
import type { Source, Track, Upload } from './upload.js';
import { tooLarge } from './upload-refusals.js';
import { UploadRows, type NewUpload } from './upload-rows.js';

export interface UploadWish {
  readonly requestId: string;
  readonly workspaceId: string;
  /** Which of the request's links let the customer in. */
  readonly link: number;
  /** The recording to join; null begins one. */
  readonly recordingId: string | null;
  readonly track: Track;
  readonly source: Source;
  readonly mediaType: string;
  /** Bytes; null when the client does not know yet. */
  readonly declaredLength: number | null;
}

/** Begins uploads. The row comes first, so that whatever happens next the abandoned sweep knows of the recording. */
@Injectable()
export class UploadOpening {
  constructor(
    private readonly rows: UploadRows,
    private readonly known: KnownUploads,
    private readonly recordings: UploadedRecordings,
  ) {}

  /** @throws Refusal */
  async open(wish: UploadWish, by: By): Promise<Upload> {
    const terms = await this.recordings.termsOf(wish.requestId);
    if ((wish.declaredLength ?? 0) > terms.maxBytes) tooLarge(terms.maxBytes);
    if (wish.recordingId) await this.refuseUnlessOwn(wish.recordingId, wish.requestId);
    const { link, recordingId, ...wished } = wish;
    const upload: NewUpload = {
      ...wished,
      ...limitsOf(terms),
      id: randomUUID(),
      recordingId: recordingId ?? randomUUID(),
    };
    const outcome = await this.rows.insert(upload, terms.maxOpenUploads);
    if (outcome === 'too_many')
      refuse('TOO_MANY_UPLOADS', 'Finish or discard one of the running uploads first.', 'rate_limited');
    const id = outcome === 'inserted' ? upload.id : await this.untouchedTwin(upload);
    await this.begin({ ...upload, uploadId: id, link, joins: recordingId !== null }, by);
    return this.known.current(id, wish.requestId);
  }

  private async begin(upload: BeginningUpload, by: By): Promise<void> {
    try {
      await this.recordings.begin(upload, by);
    } catch (error) {
      // Otherwise nobody knows whether the recording began, and the row is how the sweep learns of it.
      if (error instanceof Refusal) await this.rows.takeBack(upload.uploadId);
      throw error;
    }
  }

  private async refuseUnlessOwn(recordingId: string, requestId: string): Promise<void> {
    const uploads = await this.rows.of({ recordingId });
    if (!uploads.some((upload) => upload.requestId === requestId))
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  }

  /** A client that missed our first answer asks again: it gets the upload it has, as long as nothing is in it. */
  private async untouchedTwin(upload: NewUpload): Promise<string> {
    const uploads = await this.rows.of({ recordingId: upload.recordingId });
    const twin = uploads.find(({ track }) => track === upload.track);
    if (twin?.status === 'open' && twin.offset === 0 && twin.mediaType === upload.mediaType) return twin.id;
    refuse('TRACK_EXISTS', 'This recording has an upload for that track already.', 'conflict');
  }
}

function limitsOf({ maxBytes, maxDurationMs, expiresAt }: UploadTerms) {
  return { maxBytes, maxDurationMs, expiresAt };
}
