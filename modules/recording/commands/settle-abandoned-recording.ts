import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { settleAbandoned } from '../domain/capture-decisions.js';
import type { Submission } from '../domain/recording-request.js';
import type { Upload } from '../uploads/upload.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { UploadRows } from '../uploads/upload-rows.js';
import { ReceivedRecordings } from './received-recordings.js';

/** The customer did not come back. Keep what arrived, marked as interrupted, or throw it away: as the workspace chose. */
export class SettleAbandonedRecording extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly keep: boolean,
    readonly by: By,
  ) {
    super();
  }
}

/** Whatever a crash left undone (an upload without its recording, a recording sent but not closed) is settled as well. */
@CommandHandler(SettleAbandonedRecording)
export class SettleAbandonedRecordingHandler implements ICommandHandler<SettleAbandonedRecording> {
  constructor(
    private readonly received: ReceivedRecordings,
    private readonly rows: UploadRows,
    private readonly lifecycle: UploadLifecycle,
  ) {}

  async execute({ requestId, recordingId, keep, by }: SettleAbandonedRecording): Promise<void> {
    // Closed before it is looked at: what is kept must be all there will ever be. A crash from here on leaves it unsettled.
    if (keep) await this.lifecycle.close(recordingId);
    const arrived = keep ? whatArrived(await this.rows.of({ recordingId })) : null;
    const { submitted } = await this.received.receive(requestId, by, (state, moments) =>
      settleAbandoned(state, requestId, recordingId, arrived && { ...arrived, ...moments }),
    );
    if (submitted?.recordingId === recordingId) await this.lifecycle.finalise(recordingId);
    else await this.lifecycle.discard(recordingId);
  }
}

/** Null when there is no picture. Its length and size are not known until the worker has looked. */
function whatArrived(all: readonly Upload[]): Omit<Submission, 'receivedAt'> | null {
  const uploads = all.filter(({ status }) => status !== 'discarded');
  const screen = uploads.find(({ track, offset }) => track === 'screen' && offset > 0);
  if (!screen) return null;
  return {
    durationMs: screen.durationMs ?? 0,
    width: screen.width ?? 0,
    height: screen.height ?? 0,
    bytes: screen.offset,
    mediaType: screen.mediaType,
    camera: uploads.some(({ track, offset }) => track === 'camera' && offset > 0),
    interrupted: true,
    trim: null,
  };
}
