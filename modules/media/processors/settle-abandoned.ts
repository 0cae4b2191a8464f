import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { isHeld } from '#platform/erasure/erasure-gate.js';
import { JobHandler } from '#platform/jobs/job.js';
import type { AbandonedRecording, OwnedRecording } from '../contract.js';
import { UploadHosts } from '../owners/upload-hosts.js';
import { Abandonment } from '../uploads/abandonment.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { systemBy } from '#platform/jobs/caused-by.js';

/** Looks after recordings whose customers are gone: what belongs to them says what becomes of it. */
@Injectable()
export class SettleAbandonedHandler extends JobHandler {
  readonly queue = 'recording-settle-abandoned';
  override readonly every = 30_000;

  constructor(
    private readonly abandonment: Abandonment,
    private readonly uploads: UploadLifecycle,
    private readonly hosts: UploadHosts,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!(await this.abandonment.beginLooking())) return;
    for (const recording of await this.uploads.returned()) await this.welcome(recording);
    const failures = new Map<string, unknown>();
    // Asked anew each time: settling may take long, and a customer may come back meanwhile.
    for (let next; (next = await this.abandonment.longest(failures.keys()));) {
      const { recordingId } = next;
      await this.settle(next).catch((error: unknown) => failures.set(recordingId, error));
    }
    // One that fails, or must be kept, does not keep the others waiting; it is tried again with the next run.
    for (const error of failures.values()) if (!isHeld(error)) throw error;
  }

  private async settle(abandoned: AbandonedRecording): Promise<void> {
    const outcome = await this.hosts.of(abandoned.owner).abandoned(abandoned, byUs(abandoned));
    if (outcome === 'waiting') await this.uploads.leave(abandoned.recordingId);
  }

  private async welcome(returned: Owned): Promise<void> {
    await this.hosts.of(returned.owner).returned(returned, byUs(returned));
    await this.uploads.comeBack(returned.recordingId);
  }
}

type Owned = OwnedRecording & { readonly workspaceId: string };

function byUs({ workspaceId }: Owned): By {
  const correlationId = randomUUID();
  return systemBy('media', { workspaceId, correlationId, causationId: correlationId });
}
