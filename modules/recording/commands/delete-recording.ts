import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams, type Changed } from '#platform/streams/streams.js';
import { recording, requestDeletion } from '../domain/recording.js';

/** Hides a recording at once; the worker then destroys its key and every byte, and notes the proof. */
export class DeleteRecording extends Command<Changed> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(DeleteRecording)
export class DeleteRecordingHandler implements ICommandHandler<DeleteRecording> {
  constructor(private readonly streams: Streams) {}

  execute({ requestId, recordingId, by }: DeleteRecording): Promise<Changed> {
    return this.streams.change(recording, recordingId, by, (state) =>
      requestDeletion(state, { requestId, recordingId }),
    );
  }
}
