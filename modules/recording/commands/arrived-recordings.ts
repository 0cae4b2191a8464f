import { Injectable } from '@nestjs/common';
import type { Submission } from '../domain/recording-request.js';
import type { Upload } from '../uploads/upload.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { UploadRows } from '../uploads/upload-rows.js';

/** What arrived of recordings whose customer says nothing more about them. */
@Injectable()
export class ArrivedRecordings {
  constructor(
    private readonly rows: UploadRows,
    private readonly lifecycle: UploadLifecycle,
  ) {}

  /** Closes a recording, so that this is all there will ever be of it. Null when there is no picture. */
  async close(recordingId: string): Promise<Omit<Submission, 'receivedAt'> | null> {
    await this.lifecycle.close(recordingId);
    return whatArrived(await this.rows.of({ recordingId }));
  }

  /** Its stream says what became of it: it needs no more care. */
  settle(recordingId: string): Promise<void> {
    return this.lifecycle.finalise(recordingId);
  }
}

/** Its length and size are not known until the worker has looked. */
function whatArrived(all: readonly Upload[]): Omit<Submission, 'receivedAt'> | null {
  const uploads = all.filter(({ status }) => status !== 'discarded');
  const screen = uploads.find(({ track, offset }) => track === 'screen' && offset > 0);
  if (!screen) return null;
  return {
    durationMs: screen.durationMs ?? 0,
    width: screen.width ?? 0,
    height: screen.height ?? 0,
    bytes: screen.offset,
    mediaType: screen.mediaType,
    camera: uploads.some(({ track, offset }) => track === 'camera' && offset > 0),
    interrupted: true,
    trim: null,
  };
}
