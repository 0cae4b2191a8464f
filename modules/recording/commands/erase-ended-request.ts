import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { beginErasure, noteRequestErased } from '../domain/erasure-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { RequestWordsErasure } from '../erasure/request-words-erasure.js';

/** Destroys the words of a request that nobody answered. Nothing happens to one that is open (again), or was answered. */
export class EraseEndedRequest extends Command<void> {
  constructor(
    readonly requestId: string,
    /** Only if it ended before this. */
    readonly before: Date,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(EraseEndedRequest)
export class EraseEndedRequestHandler implements ICommandHandler<EraseEndedRequest> {
  constructor(
    private readonly streams: Streams,
    private readonly words: RequestWordsErasure,
  ) {}

  /**
   * Decided first, then done: a reminder that comes in between would hand out a link whose key is about to go. A run
   * that dies on the way leaves it decided, and the next one does it.
   */
  async execute({ requestId, before, by }: EraseEndedRequest): Promise<void> {
    const { state } = await this.streams.change(recordingRequest, requestId, by, (now) =>
      beginErasure(now, requestId, before),
    );
    if (state.status === 'unknown' || state.erasure !== 'begun') return;
    const erased = await this.words.erase(requestId);
    await this.streams.change(recordingRequest, requestId, by, (now) => noteRequestErased(now, requestId, erased));
  }
}
