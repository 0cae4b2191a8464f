import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Refusal, refuse } from '#kernel/refusal.js';
import { isSame, KnownUploads } from './known-uploads.js';
import type { BeginningUpload, MediaOwner, Uploader, UploadTerms } from '../contract.js';
import { UploadHosts } from '../owners/upload-hosts.js';
import type { Source, Track, Upload } from './upload.js';
import { tooLarge, tooMuchOpen } from './upload-refusals.js';
import { UploadRows, type NewUpload } from './upload-rows.js';

export interface UploadWish extends Uploader {
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
    private readonly hosts: UploadHosts,
  ) {}

  /** @throws Refusal */
  async open(wish: UploadWish, by: By): Promise<Upload> {
    if (wish.recordingId) await this.refuseUnlessOwn(wish.recordingId, wish.owner);
    const joins = wish.recordingId !== null;
    const terms = await this.hosts.of(wish.owner).termsOf(wish.owner.id, joins);
    if ((wish.declaredLength ?? 0) > terms.maxBytes) tooLarge(terms.maxBytes);
    const { entry, recordingId, ...wished } = wish;
    const upload: NewUpload = {
      ...wished,
      ...limitsOf(terms),
      id: randomUUID(),
      recordingId: recordingId ?? randomUUID(),
    };
    const outcome = await this.rows.insert(upload, terms, joins);
    if (outcome === 'room_taken') return this.open(wish, by); // others were quicker: the terms are others now
    if (outcome === 'too_large') tooMuchOpen();
    if (outcome === 'too_many') refuse('TOO_MANY_UPLOADS', 'Finish or discard one of the running uploads first.');
    const id = outcome === 'inserted' ? upload.id : await this.untouchedTwin(upload);
    await this.begin({ ...upload, uploadId: id, entry, joins }, by);
    return this.known.current(id, wish.owner);
  }

  private async begin(upload: BeginningUpload, by: By): Promise<void> {
    try {
      await this.hosts.of(upload.owner).begin(upload, by);
    } catch (error) {
      // Otherwise nobody knows whether the recording began, and the row is how the sweep learns of it.
      if (error instanceof Refusal) await this.rows.takeBack(upload.uploadId);
      throw error;
    }
  }

  private async refuseUnlessOwn(recordingId: string, owner: MediaOwner): Promise<void> {
    const uploads = await this.rows.of({ recordingId });
    if (!uploads.some((upload) => isSame(upload.owner, owner)))
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
