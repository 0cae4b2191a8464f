import { Injectable } from '@nestjs/common';
import { streamName } from '#kernel/stream.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { recordingRequest } from '../domain/recording-request.js';
import { recordingPrefix } from '../media-keys.js';
import { CountedErasure, type Erased } from './counted-erasure.js';

/** What of a recording can be erased: keys, objects and words. All of it may be repeated. */
@Injectable()
export class RecordingErasure {
  constructor(
    private readonly erasure: CountedErasure,
    private readonly objects: ObjectStorage,
    private readonly store: EventStore,
  ) {}

  /** The media of a recording: everything under its key. */
  async eraseMedia(recordingId: string): Promise<Erased> {
    const prefix = recordingPrefix(recordingId);
    return this.erasure.erase(recordingId, {
      count: () => this.objectsUnder(prefix),
      remove: () => this.objects.deletePrefix(prefix),
    });
  }

  /** The words of a request: what the agent wrote to the customer and the customer to the agent. */
  async eraseWords(requestId: string): Promise<Erased> {
    return this.erasure.erase(requestId, {
      count: () => this.sealedWords(requestId),
      remove: () => this.store.eraseSealed(requestId),
    });
  }

  private async objectsUnder(prefix: string): Promise<number> {
    let count = 0;
    for await (const _ of this.objects.list(prefix)) count++;
    return count;
  }

  private async sealedWords(requestId: string): Promise<number> {
    const events = await this.store.readStream(streamName(recordingRequest, requestId));
    return events.flatMap(({ sealed }) => sealed).filter(({ subject }) => subject === requestId).length;
  }
}
