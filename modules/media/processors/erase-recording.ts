import { Injectable } from '@nestjs/common';
import { recordingPublished } from '#modules/recording/contract.js';
import { isHeld } from '#platform/erasure/erasure-gate.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { handlersOf, joined, subscriptionsTo } from '#platform/streams/handlers.js';
import type { EventWith } from '#platform/streams/lift.js';
import type { OwnedRecording } from '../contract.js';
import { recording } from '../domain/recording.js';
import { ProvableErasure } from '../erasure/provable-erasure.js';
import { causeOf, systemBy, type Cause } from '#platform/jobs/caused-by.js';

const QUEUE = 'recording-erase-recording';

type EraseRecording = Cause & { readonly requestId: string; readonly recordingId: string; readonly words: boolean };

/** What the customer discards, the web tier erases while they wait; this is for when it died on the way. */
const AFTER_WEB_MS = 30_000;

/** A deleted recording takes the words around it along. */
function deleted(event: EventWith<OwnedRecording>) {
  return { data: { ...idsOf(event), words: true } };
}

/** A discarded one leaves the request open for another try. */
function discarded(event: EventWith<OwnedRecording & { readonly why: string }>) {
  const byCustomer = event.data.why === 'customer';
  return { data: { ...idsOf(event), words: false }, delayMs: byCustomer ? AFTER_WEB_MS : 0 };
}

function idsOf(event: EventWith<OwnedRecording>) {
  const { requestId, recordingId } = event.data;
  return { ...causeOf(event), requestId, recordingId };
}

export const eraseRecordings: Processor<EraseRecording> = {
  queue: QUEUE,
  on: joined(
    handlersOf(recording, { RecordingDeletionRequested: deleted }),
    subscriptionsTo(recordingPublished, { 'recording.discarded.v1': discarded }),
  ),
};

@Injectable()
export class EraseRecordingHandler extends JobHandler<EraseRecording> {
  readonly queue = QUEUE;
  override readonly attempts = 20;

  constructor(private readonly erasure: ProvableErasure) {
    super();
  }

  async run({ requestId, recordingId, words, ...cause }: EraseRecording): Promise<void> {
    await this.erasure.erase({ requestId, recordingId, words }, systemBy('media', cause)).catch(unlessHeld);
  }
}

/** What must be kept is come back to by the runs that look for what was left: the hourly one, or that for the abandoned. */
function unlessHeld(error: unknown): void {
  if (!isHeld(error)) throw error;
}
