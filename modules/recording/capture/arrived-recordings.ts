import { Injectable } from '@nestjs/common';
import { Uploads, type ArrivedUpload } from '#modules/media/contract.js';
import type { Submission } from '../domain/recording-request.js';

/** What arrived of recordings whose customer says nothing more about them. */
@Injectable()
export class ArrivedRecordings {
  constructor(private readonly uploads: Uploads) {}

  /** Closes a recording, so that this is all there will ever be of it. Null when there is no picture, or only a part of a file. */
  async close(recordingId: string): Promise<Omit<Submission, 'receivedAt'> | null> {
    return whatArrived(await this.uploads.close(recordingId));
  }

  /** Its stream says what became of it: it needs no more care. */
  settle(recordingId: string): Promise<void> {
    return this.uploads.settle(recordingId);
  }
}

/** Its length and size are not known until the worker has looked. */
function whatArrived(uploads: readonly ArrivedUpload[]): Omit<Submission, 'receivedAt'> | null {
  const screen = uploads.find(({ track, offset }) => track === 'screen' && offset > 0);
  if (!screen || screen.offset < (screen.declaredLength ?? 0)) return null;
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
