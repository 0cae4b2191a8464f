import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Media } from '#modules/media/contract.js';
import { ownerOf } from '../capture/request-owner.js';

/** Erases a recording whose deletion was asked for, in case the job that should have done it was lost or gave up. */
export class RepeatErasure extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(RepeatErasure)
export class RepeatErasureHandler implements ICommandHandler<RepeatErasure> {
  constructor(private readonly media: Media) {}

  execute({ requestId, recordingId, by }: RepeatErasure): Promise<void> {
    return this.media.repeatErasure({ recordingId, owner: ownerOf(requestId) }, by);
  }
}
