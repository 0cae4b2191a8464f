import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Uploads, type ArrivedUpload } from '#modules/media/contract.js';
import { SubjectErased } from '#platform/key-ring/key-ring.js';
import { refuseChanging, refuseDiscarded, sendable, submitRecording } from '../domain/capture-decisions.js';
import { receiptOf, type Receipt } from '../domain/receipt.js';
import type { Submission } from '../domain/recording-request.js';
import { ownerOf } from '../capture/request-owner.js';
import { ReceivedRecordings } from '../capture/received-recordings.js';

/** What the customer's browser says of one upload: its length and digest must agree with what is stored. */
export interface SentUpload {
  readonly uploadId: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** The customer's Send. */
export interface Sending extends Pick<Submission, 'durationMs' | 'width' | 'height' | 'trim'> {
  readonly uploads: readonly SentUpload[];
  readonly note?: string;
}

export class SubmitRecording extends Command<Receipt> {
  constructor(
    readonly requestId: string,
    readonly recordingId: string,
    readonly sending: Sending,
    readonly by: By,
  ) {
    super();
  }
}

/** First every byte is accounted for, then the event makes it visible: what the agent sees is whole. */
@CommandHandler(SubmitRecording)
export class SubmitRecordingHandler implements ICommandHandler<SubmitRecording> {
  constructor(
    private readonly received: ReceivedRecordings,
    private readonly uploads: Uploads,
  ) {}

  async execute({ requestId, recordingId, sending, by }: SubmitRecording): Promise<Receipt> {
    const before = await this.received.request(requestId);
    if (before.submitted?.recordingId !== recordingId) {
      sendable(before, recordingId);
      await this.submit(requestId, recordingId, sending, by);
    }
    await this.uploads.settle(recordingId);
    const { submitted } = await this.received.request(requestId);
    refuseChanging(submitted!, sending);
    return receiptOf(submitted!);
  }

  private async submit(requestId: string, recordingId: string, sending: Sending, by: By): Promise<void> {
    const uploads = await this.complete(requestId, sending).catch(async (error: unknown) => {
      // Discarded or withdrawn just now, while its bytes were being read: of that, only our own log can tell.
      sendable(await this.received.request(requestId), recordingId);
      if (error instanceof SubjectErased) refuseDiscarded();
      throw error;
    });
    const screen = uploads.find(({ track, recordingId: of }) => track === 'screen' && of === recordingId);
    if (!screen || uploads.some((upload) => upload.recordingId !== recordingId))
      refuse('UPLOADS_INCOMPLETE', 'Name the uploads of this recording, the screen among them.', 'invalid');
    const { uploads: _, ...said } = sending;
    const submission = {
      ...said,
      bytes: screen.offset,
      mediaType: screen.mediaType,
      camera: uploads.some(({ track }) => track === 'camera'),
      interrupted: false,
    };
    await this.received.receive(requestId, by, (state, moments) =>
      submitRecording(state, requestId, recordingId, { ...submission, ...moments }),
    );
  }

  private async complete(requestId: string, { uploads, durationMs, width, height }: Sending): Promise<ArrivedUpload[]> {
    const completed: ArrivedUpload[] = [];
    for (const { uploadId, ...claim } of uploads)
      completed.push(
        await this.uploads.complete(uploadId, ownerOf(requestId), { ...claim, durationMs, width, height }),
      );
    return completed;
  }
}
