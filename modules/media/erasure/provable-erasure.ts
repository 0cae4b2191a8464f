import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Erasure } from '#platform/erasure/erasure.js';
import { ErasureGate } from '#platform/erasure/erasure-gate.js';
import { Streams } from '#platform/streams/streams.js';
import type { OwnedRecording } from '../contract.js';
import { noteErasure, recording } from '../domain/recording.js';

export interface ToErase extends OwnedRecording {
  /** Whether the words around the recording, which are sealed with its owner's key, go with it. */
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
    private readonly erasure: Erasure,
    private readonly gate: ErasureGate,
  ) {}

  /** @throws Refusal when something of it must be kept */
  async assertErasable(wanted: ToErase): Promise<void> {
    await this.gate.assertOpen(...subjectsOf(wanted));
  }

  /** @throws Refusal when something of it must be kept; then nothing was touched */
  async erase(wanted: ToErase, by: By): Promise<void> {
    const { removed, keyFingerprints } = await this.erasure.erase(...subjectsOf(wanted));
    await this.streams.change(recording, wanted.recordingId, by, (state) =>
      noteErasure(state, wanted, removed, keyFingerprints),
    );
  }
}

function subjectsOf({ recordingId, owner, words }: ToErase): string[] {
  return words ? [recordingId, owner.id] : [recordingId];
}
