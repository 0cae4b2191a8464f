import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Media, type AbandonedRecording, type Settled } from '#modules/media/contract.js';
import { settleAbandoned } from '../domain/capture-decisions.js';
import type { Submission } from '../domain/recording-request.js';
import { ArrivedRecordings } from '../capture/arrived-recordings.js';
import { ReceivedRecordings } from '../capture/received-recordings.js';

/**
 * The customer is gone. What arrived is handed over, marked as interrupted, where the workspace wanted that and said so;
 * otherwise it waits for them, unseen, and is thrown away when they have forgotten it.
 */
export class SettleAbandonedRecording extends Command<Settled> {
  constructor(
    readonly recording: AbandonedRecording,
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
    private readonly arrived: ArrivedRecordings,
    private readonly media: Media,
  ) {}

  async execute({ recording, by }: SettleAbandonedRecording): Promise<Settled> {
    const { recordingId, owner } = recording;
    const arrived = await this.handedOver(recording, by);
    if (!arrived && recording.forgotten) await this.media.assertErasable(recording);
    const otherwise = recording.forgotten ? 'forgotten' : 'waits';
    const { open, submitted } = await this.received.receive(owner.id, by, (state, moments) =>
      settleAbandoned(state, owner.id, recordingId, arrived ? { ...arrived, ...moments } : otherwise),
    );
    if (open.includes(recordingId)) return 'waiting';
    if (submitted?.recordingId === recordingId) await this.arrived.settle(recordingId);
    // There is a job for this as well. It may be what was lost, and then nobody else comes back for the key.
    else await this.media.eraseUnsent(recording, by);
    return 'settled';
  }

  /** Closed before it is looked at: what is kept must be all there will ever be. A crash from here on leaves it unsettled. */
  private async handedOver({ recordingId, owner, bytes, whole }: AbandonedRecording, by: By) {
    if (!whole || bytes === 0 || !(await this.received.keepsAbandoned(owner.id, by.workspaceId))) return null;
    return (await this.arrived.close(recordingId)) satisfies Omit<Submission, 'receivedAt'> | null;
  }
}
