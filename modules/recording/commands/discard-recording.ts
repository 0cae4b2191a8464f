import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Media } from '#modules/media/contract.js';
import { Streams } from '#platform/streams/streams.js';
import { ownerOf } from '../capture/request-owner.js';
import { discardRecording } from '../domain/capture-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';

/** The customer throws a recording away, for good and at once. */
export class DiscardRecording extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(DiscardRecording)
export class DiscardRecordingHandler implements ICommandHandler<DiscardRecording> {
  constructor(
    private readonly streams: Streams,
    private readonly media: Media,
  ) {}

  /** Nothing is erased unless the request's own stream says that it is a recording of this request, and discarded. */
  async execute({ requestId, recordingId, by }: DiscardRecording): Promise<void> {
    const owned = { recordingId, owner: ownerOf(requestId) };
    await this.media.assertErasable(owned);
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      discardRecording(state, requestId, recordingId, 'customer'),
    );
    await this.media.eraseUnsent(owned, by);
  }
}
