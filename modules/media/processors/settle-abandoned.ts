import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isHeld } from '#platform/erasure/erasure-gate.js';
import { JobHandler } from '#platform/jobs/job.js';
import { UploadedRecordings, type AbandonedRecording } from '../contract.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';
import { Abandonment } from '../uploads/abandonment.js';
import { systemBy } from '#platform/jobs/caused-by.js';

/** Looks after recordings whose customer did not come back: what arrived is kept, or thrown away, as the workspace chose. */
@Injectable()
export class SettleAbandonedHandler extends JobHandler {
  readonly queue = 'recording-settle-abandoned';
  override readonly every = 30_000;

  constructor(
    private readonly uploads: UploadLifecycle,
    private readonly recordings: UploadedRecordings,
    private readonly rule: Abandonment,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.uploads.forgiveAbsence();
    if (!(await this.rule.silenceCounts())) return;
    const failures = new Map<string, unknown>();
    for (let next = await this.next(failures); next; next = await this.next(failures))
      await this.settle(next).catch((error: unknown) => failures.set(next!.recordingId, error));
    // One that fails, or must be kept, does not keep the others waiting; it is tried again with the next run.
    for (const error of failures.values()) if (!isHeld(error)) throw error;
  }

  /** Asked anew each time: settling may take long, and a customer may come back meanwhile. */
  private async next(failed: ReadonlyMap<string, unknown>): Promise<AbandonedRecording | undefined> {
    const [oldest] = await this.uploads.abandoned(this.rule.quietMinutes, { limit: 1, except: [...failed.keys()] });
    return oldest;
  }

  private async settle(abandoned: AbandonedRecording): Promise<void> {
    const { workspaceId } = abandoned;
    const correlationId = randomUUID();
    const by = systemBy('media', { workspaceId, correlationId, causationId: correlationId });
    await this.recordings.abandoned(abandoned, by);
  }
}
