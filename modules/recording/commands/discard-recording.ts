import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { discardRecording } from '../domain/capture-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { RecordingErasure } from '../erasure/recording-erasure.js';

/** The customer (or the workspace's rule for abandoned recordings) throws a recording away, for good and at once. */
export class DiscardRecording extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly why: 'customer' | 'abandoned',
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(DiscardRecording)
export class DiscardRecordingHandler implements ICommandHandler<DiscardRecording> {
  constructor(
    private readonly streams: Streams,
    private readonly erasure: RecordingErasure,
  ) {}

  async execute({ requestId, recordingId, why, by }: DiscardRecording): Promise<void> {
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      discardRecording(state, requestId, recordingId, why),
    );
    await this.erasure.eraseMedia(recordingId);
  }
}
