import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import { submitRecording } from '../domain/capture-decisions.js';
import { recordingRequest, type RecordingRequest, type Submission } from '../domain/recording-request.js';
import type { Upload } from '../uploads/upload.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { UploadRows } from '../uploads/upload-rows.js';

/** Keep what arrived of a recording whose customer did not come back, marked as interrupted. */
export class FinaliseAbandoned extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly by: By,
  ) {
    super();
  }
}

@CommandHandler(FinaliseAbandoned)
export class FinaliseAbandonedHandler implements ICommandHandler<FinaliseAbandoned> {
  constructor(
    private readonly streams: Streams,
    private readonly rows: UploadRows,
    private readonly lifecycle: UploadLifecycle,
  ) {}

  async execute({ requestId, recordingId, by }: FinaliseAbandoned): Promise<void> {
    await this.lifecycle.finalise(recordingId);
    const uploads = await this.rows.of({ recordingId });
    const screen = uploads.find(({ track, offset }) => track === 'screen' && offset > 0);
    let kept = false;
    await this.streams.change(recordingRequest, requestId, by, (state) => {
      kept = screen !== undefined && waits(state, recordingId);
      return kept ? submitRecording(state, requestId, recordingId, whatArrived(screen!, uploads)) : [];
    });
    if (!kept) await this.lifecycle.discard(recordingId);
  }
}

/** Whether the request still wants this recording; one that was answered or withdrawn meanwhile does not. */
function waits(state: RecordingRequest, recordingId: string): boolean {
  if (state.status === 'unknown') return false;
  return state.submitted ? state.submitted.recordingId === recordingId : state.open.includes(recordingId);
}

/** Length and size of the picture are not known until the worker has looked. */
function whatArrived(
  { offset: bytes, mediaType, durationMs, width, height }: Upload,
  all: readonly Upload[],
): Submission {
  const camera = all.some((upload) => upload.track === 'camera' && upload.offset > 0);
  const receivedAt = new Date().toISOString();
  return {
    durationMs: durationMs ?? 0,
    width: width ?? 0,
    height: height ?? 0,
    bytes,
    mediaType,
    camera,
    interrupted: true,
    receivedAt,
    trim: null,
  };
}
