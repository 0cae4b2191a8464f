import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { RecordingWords, type Erased, type OwnedRecording } from '../contract.js';
import { noteErasure, recording } from '../domain/recording.js';
import { MediaErasure } from './media-erasure.js';

export interface ToErase extends OwnedRecording {
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
    private readonly media: MediaErasure,
    private readonly words: RecordingWords,
  ) {}

  async erase({ requestId, recordingId, words }: ToErase, by: By): Promise<void> {
    const erased = [await this.media.erase(recordingId), words ? await this.words.erase(requestId) : nothing];
    const objects = erased.reduce((sum, one) => sum + one.objects, 0);
    const fingerprints = erased.flatMap(({ keyFingerprints }) => keyFingerprints);
    await this.streams.change(recording, recordingId, by, (state) =>
      noteErasure(state, { requestId, recordingId }, objects, fingerprints),
    );
  }
}

const nothing: Erased = { objects: 0, keyFingerprints: [] };
