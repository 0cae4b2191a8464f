import { Injectable } from '@nestjs/common';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { recordingPrefix } from '../media-keys.js';

export interface Erased {
  readonly objects: number;
  readonly keyFingerprints: readonly string[];
}

/**
 * Destroys the key first, so that from that moment nothing can be read whatever happens next, then the ciphertext.
 * Repeating it is harmless.
 */
@Injectable()
export class RecordingErasure {
  constructor(
    private readonly keys: KeyRing,
    private readonly objects: SealedObjects,
    private readonly store: EventStore,
  ) {}

  /** The media of a recording: everything under its key. */
  async eraseMedia(recordingId: string): Promise<Erased> {
    const { fingerprint } = await this.keys.erase(recordingId);
    const objects = await this.objects.deletePrefix(recordingPrefix(recordingId));
    return { objects, keyFingerprints: fingerprint ? [fingerprint] : [] };
  }

  /** The words of a request: what the agent wrote to the customer and the customer to the agent. */
  async eraseWords(requestId: string): Promise<Erased> {
    const { fingerprint } = await this.keys.erase(requestId);
    return { objects: await this.store.eraseSealed(requestId), keyFingerprints: fingerprint ? [fingerprint] : [] };
  }
}
