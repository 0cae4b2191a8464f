import { Injectable } from '@nestjs/common';
import { isHeld } from '#platform/erasure/erasure-gate.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { handlersOf, joined, mapped } from '#platform/streams/handlers.js';
import type { OwnedRecording } from '../contract.js';
import { inJob, ownerInJob, type OwnerInJob } from '../domain/before-owner-kinds.js';
import { recording } from '../domain/recording.js';
import { ProvableErasure } from '../erasure/provable-erasure.js';
import type { Discarded, OwnerEvents } from '../owners/owner-events.js';
import { causeOf, systemBy, type Cause } from '#platform/jobs/caused-by.js';

const QUEUE = 'recording-erase-recording';

type EraseRecording = Cause & OwnerInJob & { readonly recordingId: string; readonly words: boolean };

/** What somebody waits for, the web tier erases meanwhile; this is for when it died on the way. */
const AFTER_WEB_MS = 30_000;

function job({ owner, recordingId, ...cause }: Cause & OwnedRecording, words: boolean): EraseRecording {
  const { workspaceId, correlationId, causationId } = cause;
  return { workspaceId, correlationId, causationId, ...inJob(owner), recordingId, words };
}

/** A discarded one leaves its owner, and the words around it, for another try. */
function discarded(event: Discarded) {
  return { data: job(event, false), delayMs: event.waitedFor ? AFTER_WEB_MS : 0 };
}

export function eraseRecordings(owners: readonly OwnerEvents[]): Processor<EraseRecording> {
  return {
    queue: QUEUE,
    on: joined(
      // A deleted recording takes the words around it along.
      handlersOf(recording, {
        RecordingDeletionRequested: (event) => ({ data: job({ ...causeOf(event), ...event.data }, true) }),
      }),
      ...owners.map((owner) => mapped(owner.discarded, discarded)),
    ),
  };
}

@Injectable()
export class EraseRecordingHandler extends JobHandler<EraseRecording> {
  readonly queue = QUEUE;
  /** One recording of which the storage says nothing leaves a place for another workspace's. */
  override readonly concurrency = 2;
  override readonly perWorkspace = 1;
  override readonly attempts = 20;

  constructor(private readonly erasure: ProvableErasure) {
    super();
  }

  async run(job: EraseRecording): Promise<void> {
    const { recordingId, words } = job;
    const wanted = { recordingId, owner: ownerInJob(job), words };
    await this.erasure.erase(wanted, systemBy('media', job)).catch(unlessHeld);
  }
}

/** What must be kept is come back to by the runs that look for what was left: the hourly one, or that for the abandoned. */
function unlessHeld(error: unknown): void {
  if (!isHeld(error)) throw error;
}
