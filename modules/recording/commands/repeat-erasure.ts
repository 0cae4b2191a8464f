import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { recording } from '../domain/recording.js';
import { ProvableErasure } from '../erasure/provable-erasure.js';

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
  constructor(
    private readonly streams: Streams,
    private readonly erasure: ProvableErasure,
  ) {}

  /** Rows may be late: only the stream says that the recording is to go, and has not gone yet. */
  async execute({ requestId, recordingId, by }: RepeatErasure): Promise<void> {
    const { deletion } = (await this.streams.load(recording, recordingId)).state;
    if (deletion === 'requested') await this.erasure.erase({ requestId, recordingId, words: true }, by);
  }
}
