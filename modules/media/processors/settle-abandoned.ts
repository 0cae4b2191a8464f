import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isHeld } from '#platform/erasure/erasure-gate.js';
import { JobHandler } from '#platform/jobs/job.js';
import type { AbandonedRecording } from '../contract.js';
import { UploadHosts } from '../owners/upload-hosts.js';
import { Abandonment } from '../uploads/abandonment.js';
import { systemBy } from '#platform/jobs/caused-by.js';

/** Looks after recordings whose customer did not come back: what arrived is kept, or thrown away, as the workspace chose. */
@Injectable()
export class SettleAbandonedHandler extends JobHandler {
  readonly queue = 'recording-settle-abandoned';
  override readonly every = 30_000;

  constructor(
    private readonly abandonment: Abandonment,
    private readonly hosts: UploadHosts,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!(await this.abandonment.beginLooking())) return;
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
    const { workspaceId } = abandoned;
    const correlationId = randomUUID();
    const by = systemBy('media', { workspaceId, correlationId, causationId: correlationId });
    await this.hosts.of(abandoned.owner).abandoned(abandoned, by);
  }
}
