import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { ProvableErasure } from '../erasure/provable-erasure.js';
import { causeOf, systemBy, type Cause } from './caused-by.js';

const QUEUE = 'recording-erase-recording';

type EraseRecording = Cause & { readonly requestId: string; readonly recordingId: string; readonly words: boolean };

/** A deleted recording takes the words around it along; a discarded one leaves the request open for another try. */
function erase(words: boolean) {
  return (event: RecordedEvent) => {
    const { requestId, recordingId } = event.data as { requestId: string; recordingId: string };
    return { data: { ...causeOf(event), requestId, recordingId, words } };
  };
}

export const eraseRecordings: Processor<EraseRecording> = {
  queue: QUEUE,
  on: { RecordingDeletionRequested: erase(true), RecordingDiscarded: erase(false) },
};

@Injectable()
export class EraseRecordingHandler extends JobHandler<EraseRecording> {
  readonly queue = QUEUE;
  override readonly attempts = 20;

  constructor(private readonly erasure: ProvableErasure) {
    super();
  }

  async run({ requestId, recordingId, words, ...cause }: EraseRecording): Promise<void> {
    await this.erasure.erase({ requestId, recordingId, words }, systemBy(cause));
  }
}
