import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { Streams } from '#platform/streams/streams.js';
import { noteErasure, recording } from '../domain/recording.js';
import { RecordingErasure, type Erased } from '../erasure/recording-erasure.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
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

  constructor(
    private readonly streams: Streams,
    private readonly erasure: RecordingErasure,
    private readonly uploads: UploadLifecycle,
  ) {
    super();
  }

  async run({ requestId, recordingId, words, ...cause }: EraseRecording): Promise<void> {
    const media = await this.erasure.eraseMedia(recordingId);
    await this.uploads.discard(recordingId);
    const erased = [media, words ? await this.erasure.eraseWords(requestId) : nothing];
    const objects = erased.reduce((sum, one) => sum + one.objects, 0);
    const fingerprints = erased.flatMap(({ keyFingerprints }) => keyFingerprints);
    await this.streams.change(recording, recordingId, systemBy(cause), (state) =>
      noteErasure(state, { requestId, recordingId }, objects, fingerprints),
    );
  }
}

const nothing: Erased = { objects: 0, keyFingerprints: [] };
