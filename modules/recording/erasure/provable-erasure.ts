import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { noteErasure, recording } from '../domain/recording.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import type { Erased } from './counted-erasure.js';
import { RecordingErasure } from './recording-erasure.js';

export interface ToErase {
  readonly requestId: string;
  readonly recordingId: string;
  /** Whether the words around the recording go with it. */
  readonly words: boolean;
}

/**
 * Erases a recording wherever it lies, and notes what was destroyed. May be repeated, also at the same time: the first
 * to be done notes it, with what the others destroyed.
 */
@Injectable()
export class ProvableErasure {
  constructor(
    private readonly streams: Streams,
    private readonly erasure: RecordingErasure,
    private readonly uploads: UploadLifecycle,
  ) {}

  async erase({ requestId, recordingId, words }: ToErase, by: By): Promise<void> {
    const media = await this.erasure.eraseMedia(recordingId);
    await this.uploads.discard(recordingId);
    const erased = [media, words ? await this.erasure.eraseWords(requestId) : nothing];
    const objects = erased.reduce((sum, one) => sum + one.objects, 0);
    const fingerprints = erased.flatMap(({ keyFingerprints }) => keyFingerprints);
    await this.streams.change(recording, recordingId, by, (state) =>
      noteErasure(state, { requestId, recordingId }, objects, fingerprints),
    );
  }
}

const nothing: Erased = { objects: 0, keyFingerprints: [] };
