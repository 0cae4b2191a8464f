import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus, type ICommand } from '@nestjs/cqrs';
import { JobHandler, type JobContext, type JobData } from '#platform/jobs/job.js';
import { DeleteRecording } from '../commands/delete-recording.js';
import { EraseEndedRequest } from '../commands/erase-ended-request.js';
import { RepeatErasure } from '../commands/repeat-erasure.js';
import { PastRetention } from '../queries/past-retention.js';
import { systemBy } from './caused-by.js';

/**
 * Keeps the promise of deletion: recordings on the day that was told, and the words of requests that nobody answered
 * after as long; and of erasure, where the job was lost. Each command is idempotent, so a run that dies is made good by the next.
 */
@Injectable()
export class EndRetentionHandler extends JobHandler {
  readonly queue = 'recording-end-retention';
  override readonly every = 3_600_000;

  constructor(
    private readonly past: PastRetention,
    private readonly commands: CommandBus,
  ) {
    super();
  }

  async run(_data: JobData, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
    await this.endBy(new Date(), signal);
  }

  /** Deletes everything whose time had come at a moment. */
  async endBy(at: Date, signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for await (const command of this.commandsBy(at)) {
      if (signal.aborted) return;
      await this.commands.execute(command).catch((error: unknown) => failures.push(error));
    }
    // One that fails must not keep the others waiting; it is tried again with the next run.
    if (failures.length) throw failures[0];
  }

  /** What was deleted before comes first: what this run deletes is left to the jobs that this brings about. */
  private async *commandsBy(at: Date): AsyncGenerator<ICommand> {
    for await (const { id, requestId, workspaceId } of this.past.deleting())
      yield new RepeatErasure(requestId, id, actingIn(workspaceId));
    for await (const { id, requestId, workspaceId } of this.past.recordings(at))
      yield new DeleteRecording(requestId, id, actingIn(workspaceId));
    for await (const { id, workspaceId, before } of this.past.requests(at))
      yield new EraseEndedRequest(id, before, actingIn(workspaceId));
  }
}

function actingIn(workspaceId: string) {
  const correlationId = randomUUID();
  return systemBy({ workspaceId, correlationId, causationId: correlationId });
}
