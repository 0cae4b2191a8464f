import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Media, type MediaChanged } from '#modules/media/contract.js';
import { Streams } from '#platform/streams/streams.js';
import { ownerOf } from '../capture/request-owner.js';
import { recordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';

/** Has the worker prepare a recording once more, cut as the customer wanted. @throws Refusal `RETRY_USELESS` */
export class RetryProcessing extends Command<MediaChanged> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly by: By,
    /** The version the caller saw, from `If-Match`. */
    readonly expected?: number,
  ) {
    super();
  }
}

@CommandHandler(RetryProcessing)
export class RetryProcessingHandler implements ICommandHandler<RetryProcessing> {
  constructor(
    private readonly streams: Streams,
    private readonly media: Media,
  ) {}

  async execute({ requestId, recordingId, by, expected }: RetryProcessing): Promise<MediaChanged> {
    const { submitted } = known((await this.streams.load(recordingRequest, requestId)).state);
    if (submitted?.recordingId !== recordingId) refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
    const { trim, camera } = submitted;
    return this.media.retryProcessing({ recordingId, owner: ownerOf(requestId) }, { trim, camera }, by, expected);
  }
}
