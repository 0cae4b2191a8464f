import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { endedUnanswered, noteRequestErased } from '../domain/erasure-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { RecordingErasure } from '../erasure/recording-erasure.js';

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
    private readonly erasure: RecordingErasure,
  ) {}

  /** The key goes first, so a crash before the note leaves nothing readable; the next run destroys nothing more and notes it. */
  async execute({ requestId, before, by }: EraseEndedRequest): Promise<void> {
    const { state } = await this.streams.load(recordingRequest, requestId);
    if (!endedUnanswered(state, before)) return;
    const erased = await this.erasure.eraseWords(requestId);
    await this.streams.change(recordingRequest, requestId, by, (now) => noteRequestErased(now, requestId, erased));
  }
}
