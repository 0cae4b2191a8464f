import { Injectable } from '@nestjs/common';
import { streamName } from '#kernel/stream.js';
import { RecordingWords } from '#modules/media/contract.js';
import { CountedErasure, type Erased } from '#platform/erasure/counted-erasure.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { recordingRequest } from '../domain/recording-request.js';

/** The words of a request: what the agent wrote to the customer and the customer to the agent. */
@Injectable()
export class RequestWordsErasure extends RecordingWords {
  constructor(
    private readonly erasure: CountedErasure,
    private readonly store: EventStore,
  ) {
    super();
  }

  /** May be repeated. */
  erase(requestId: string): Promise<Erased> {
    return this.erasure.erase(requestId, {
      count: () => this.sealedWords(requestId),
      remove: () => this.store.eraseSealed(requestId),
    });
  }

  private async sealedWords(requestId: string): Promise<number> {
    const events = await this.store.readStream(streamName(recordingRequest, requestId));
    return events.flatMap(({ sealed }) => sealed).filter(({ subject }) => subject === requestId).length;
  }
}
