import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { JobHandler } from '#platform/jobs/job.js';
import { SettleAbandonedRecording } from '../commands/settle-abandoned-recording.js';
import { UploadLifecycle, type AbandonedRecording } from '../uploads/upload-lifecycle.js';
import { AbandonedRule } from './abandoned-rule.js';
import { systemBy } from './caused-by.js';

/** Looks after recordings whose customer did not come back: what arrived is kept, or thrown away, as the workspace chose. */
@Injectable()
export class SettleAbandonedHandler extends JobHandler {
  readonly queue = 'recording-settle-abandoned';
  override readonly every = 30_000;

  constructor(
    private readonly uploads: UploadLifecycle,
    private readonly commands: CommandBus,
    private readonly rule: AbandonedRule,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.uploads.forgiveAbsence();
    if (!(await this.rule.silenceCounts())) return;
    const failures = new Map<string, unknown>();
    for (let next = await this.next(failures); next; next = await this.next(failures))
      await this.settle(next).catch((error: unknown) => failures.set(next!.recordingId, error));
    // One that fails must not keep the others waiting; it is tried again with the next run.
    for (const error of failures.values()) throw error;
  }

  /** Asked anew each time: settling may take long, and a customer may come back meanwhile. */
  private async next(failed: ReadonlyMap<string, unknown>): Promise<AbandonedRecording | undefined> {
    const [oldest] = await this.uploads.abandoned(this.rule.quietMinutes, { limit: 1, except: [...failed.keys()] });
    return oldest;
  }

  private async settle({ recordingId, requestId, workspaceId, bytes }: AbandonedRecording): Promise<void> {
    const correlationId = randomUUID();
    const by = systemBy({ workspaceId, correlationId, causationId: correlationId });
    const keep = bytes > 0 && (await this.rule.keeps(workspaceId));
    await this.commands.execute(new SettleAbandonedRecording(requestId, recordingId, keep, by));
  }
}
