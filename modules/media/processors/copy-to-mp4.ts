import { stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { JobHandler, type JobContext, type Processor } from '#platform/jobs/job.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { EventOf } from '#platform/streams/lift.js';
import { inJob, ownerInJob, type OwnerInJob } from '../domain/before-owner-kinds.js';
import { recording, type RecordingEvent } from '../domain/recording.js';
import { withTempFolder } from '../processing/temp-folder.js';
import { madeFileKey } from '../made-files/media-keys.js';
import { causeOf, type Cause } from '#platform/jobs/caused-by.js';
import { MediaWorkshop } from './media-workshop.js';
import { ProcessingNotes } from './processing-notes.js';

const QUEUE = 'recording-copy-mp4';

type CopyToMp4 = Cause & OwnerInJob & { readonly recordingId: string };

function whenSeekable(event: EventOf<RecordingEvent, 'RecordingMadeSeekable'>) {
  const { owner, recordingId, mediaType } = event.data;
  return mediaType === 'video/mp4' ? null : { data: { ...causeOf(event), ...inJob(owner), recordingId } };
}

export const copyToMp4: Processor<CopyToMp4> = {
  queue: QUEUE,
  on: handlersOf(recording, { RecordingMadeSeekable: whenSeekable }),
};

/** An H.264 copy for players outside the browser. Encoding takes long, so it has a queue of its own: nobody waits behind it. */
@Injectable()
export class CopyToMp4Handler extends JobHandler<CopyToMp4> {
  readonly queue = QUEUE;
  /** One workspace's heavy recordings leave a place for another's. */
  override readonly concurrency = 2;
  override readonly perWorkspace = 1;
  override readonly attempts = 2;

  constructor(
    private readonly objects: SealedObjects,
    private readonly workshop: MediaWorkshop,
    private readonly notes: ProcessingNotes,
  ) {
    super();
  }

  override async isWanted({ recordingId }: CopyToMp4): Promise<boolean> {
    return (await this.notes.state(recordingId)).deletion === 'none';
  }

  async run(job: CopyToMp4, { signal }: JobContext): Promise<void> {
    const { deletion, mp4 } = await this.notes.state(job.recordingId);
    if (deletion !== 'none' || mp4 || !(await this.workshop.makesMp4())) return;
    await withTempFolder(this.workshop.folder, (folder) => this.copy(job, folder, signal));
  }

  private async copy(job: CopyToMp4, folder: string, signal: AbortSignal): Promise<void> {
    const { recordingId } = job;
    const [from, to] = [join(folder, 'seekable'), join(folder, 'mp4')];
    const sealed = await this.objects.get(recordingId, madeFileKey(recordingId, 'seekable'));
    await pipeline(sealed, createWriteStream(from, { mode: 0o600 }), { signal });
    const tools = await this.workshop.tools();
    const input = await tools.inspect(from, this.workshop.limits, { signal });
    const made = await tools.transcodeMp4(input, to, { signal });
    if (!made) return;
    await this.workshop.keepFile(recordingId, 'mp4', to);
    const { size: bytes } = await stat(to);
    await this.notes.note(job, { type: 'RecordingCopiedToMp4', data: { recordingId, owner: ownerInJob(job), bytes } });
  }
}
