import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Erasure } from '#platform/erasure/erasure.js';
import { ErasureGate } from '#platform/erasure/erasure-gate.js';
import { Streams } from '#platform/streams/streams.js';
import { beginErasure, noteRequestErased } from '../domain/erasure-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';

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
    private readonly gate: ErasureGate,
    private readonly erasure: Erasure,
  ) {}

  /**
   * Decided first, then done: a reminder that comes in between would hand out a link whose key is about to go. A run
   * that dies on the way leaves it decided, and the next one does it.
   * @throws Refusal when the words must be kept
   */
  async execute({ requestId, before, by }: EraseEndedRequest): Promise<void> {
    await this.gate.assertOpen(requestId);
    const { state } = await this.streams.change(recordingRequest, requestId, by, (now) =>
      beginErasure(now, requestId, before),
    );
    if (state.status === 'unknown' || state.erasure !== 'begun') return;
    const { removed, keyFingerprints } = await this.erasure.erase(requestId);
    const erased = { removed, keyFingerprints };
    await this.streams.change(recordingRequest, requestId, by, (now) => noteRequestErased(now, requestId, erased));
  }
}
