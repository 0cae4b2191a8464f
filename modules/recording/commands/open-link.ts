import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Media } from '#modules/media/contract.js';
import type { By } from '#kernel/event.js';
import { Refusal } from '#kernel/refusal.js';
import { Streams, type Changed } from '#platform/streams/streams.js';
import { linkOfDeleted, openLink } from '../domain/customer-decisions.js';
import { recordingRequest, type RecordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';

/** The customer opens one of the request's links. */
export class OpenRecordingLink extends Command<Changed<RecordingRequest>> {
  constructor(
    readonly requestId: string,
    readonly by: By,
    readonly link: number,
  ) {
    super();
  }
}

@CommandHandler(OpenRecordingLink)
export class OpenRecordingLinkHandler implements ICommandHandler<OpenRecordingLink> {
  constructor(
    private readonly streams: Streams,
    private readonly media: Media,
  ) {}

  async execute({ requestId, by, link }: OpenRecordingLink): Promise<Changed<RecordingRequest>> {
    const decide = (state: RecordingRequest) => openLink(state, requestId, link, new Date());
    return this.streams.change(recordingRequest, requestId, by, decide).catch(async (error: unknown) => {
      if (error instanceof Refusal && error.code === 'LINK_USED') await this.refuseDeleted(requestId);
      throw error;
    });
  }

  /** What became of a recording after Send, its own stream says. */
  private async refuseDeleted(requestId: string): Promise<void> {
    const { submitted } = known((await this.streams.load(recordingRequest, requestId)).state);
    if (submitted && (await this.media.isDeleted(submitted.recordingId))) linkOfDeleted(submitted);
  }
}
