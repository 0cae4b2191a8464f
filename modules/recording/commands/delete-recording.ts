import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Media, type MediaChanged } from '#modules/media/contract.js';
import { ownerOf } from '../capture/request-owner.js';

/** Hides a recording at once; the worker then destroys its key and every byte, and notes the proof. */
export class DeleteRecording extends Command<MediaChanged> {
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

@CommandHandler(DeleteRecording)
export class DeleteRecordingHandler implements ICommandHandler<DeleteRecording> {
  constructor(private readonly media: Media) {}

  execute({ requestId, recordingId, by, expected }: DeleteRecording): Promise<MediaChanged> {
    return this.media.requestDeletion({ recordingId, owner: ownerOf(requestId) }, by, expected);
  }
}
