import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { JobHandler, type JobContext, type JobData } from '#platform/jobs/job.js';
import { DeleteRecording } from '../commands/delete-recording.js';
import { EraseEndedRequest } from '../commands/erase-ended-request.js';
import { RepeatErasure } from '../commands/repeat-erasure.js';
import { PastRetention, type PastRecording, type PastRequest } from '../queries/past-retention.js';
import { systemBy } from '#platform/jobs/caused-by.js';
import { RetentionRun } from './retention-run.js';

/**
 * Keeps the promise of deletion: recordings on the day that was told, and the words of requests that nobody answered
 * after as long; and of erasure, where the job was lost. Each command is idempotent, so a run that dies, and what fails
 * in it, is made good by the next.
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

  /**
   * Deletes everything whose time had come at a moment. What was deleted before comes first: what this run deletes is
   * left to the jobs that this brings about.
   */
  async endBy(at: Date, signal: AbortSignal): Promise<void> {
    const run = new RetentionRun(this.commands, signal);
    await run.each('Recordings whose erasure is not noted', this.past.deleting(), repeatErasure);
    await run.each('Recordings whose day has come', this.past.dated(at), deleteRecording);
    await run.attempt('What goes by the periods of workspaces', async () => {
      for (const id of await this.past.workspaces())
        await run.attempt(`Workspace ${id}`, () => this.endIn(id, at, run));
    });
    run.end();
  }

  private async endIn(workspaceId: string, at: Date, run: RetentionRun): Promise<void> {
    const before = await this.past.startOfPeriod(workspaceId, at);
    await run.each('Recordings without a day', this.past.undated(workspaceId, before), deleteRecording);
    await run.each('Requests that nobody answered', this.past.requests(workspaceId, before), eraseRequest);
  }
}

const repeatErasure = ({ id, requestId, workspaceId }: PastRecording) =>
  new RepeatErasure(requestId, id, actingIn(workspaceId));
const deleteRecording = ({ id, requestId, workspaceId }: PastRecording) =>
  new DeleteRecording(requestId, id, actingIn(workspaceId));
const eraseRequest = ({ id, workspaceId, before }: PastRequest) =>
  new EraseEndedRequest(id, before, actingIn(workspaceId));

function actingIn(workspaceId: string) {
  const correlationId = randomUUID();
  return systemBy('recording', { workspaceId, correlationId, causationId: correlationId });
}
