import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { Media } from '#modules/media/contract.js';
import { settleAbandoned } from '../domain/capture-decisions.js';
import { ArrivedRecordings } from '../capture/arrived-recordings.js';
import { ReceivedRecordings } from '../capture/received-recordings.js';
import { ownerOf } from '../capture/request-owner.js';

/** The customer did not come back. Keep what arrived, marked as interrupted, or throw it away: as the workspace chose. */
export class SettleAbandonedRecording extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    /** Whether there is anything to keep: neither nothing nor half a file is. */
    readonly keepable: boolean,
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

  async execute({ requestId, recordingId, keepable, by }: SettleAbandonedRecording): Promise<void> {
    const owned = { recordingId, owner: ownerOf(requestId) };
    const keep = keepable && (await this.received.keepsAbandoned(by.workspaceId));
    // Closed before it is looked at: what is kept must be all there will ever be. A crash from here on leaves it unsettled.
    const arrived = keep ? await this.arrived.close(recordingId) : null;
    if (!arrived) await this.media.assertErasable(owned);
    const { submitted } = await this.received.receive(requestId, by, (state, moments) =>
      settleAbandoned(state, requestId, recordingId, arrived && { ...arrived, ...moments }),
    );
    if (submitted?.recordingId === recordingId) await this.arrived.settle(recordingId);
    // There is a job for this as well. It may be what was lost, and then nobody else comes back for the key.
    else await this.media.eraseUnsent(owned, by);
  }
}
