import type { Job, Worker } from 'bullmq';
import { UnrecoverableError } from 'bullmq';
import { ImpersonalFailure } from '#kernel/impersonal-failure.js';
import { isDoubtful, isTransient } from '#platform/consumers/transient.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { failureReason } from '#platform/telemetry/failure-reason.js';
import type { JobContext, JobData, JobHandler } from './job.js';
import { JobDelays, jittered, timesDelayed } from './job-delays.js';
import type { DurableJobs } from './jobs.js';
import { QueueWatch } from './queue-watch.js';
import { whileWanted } from './while-wanted.js';
import { WorkspaceTurns } from './workspace-turns.js';

/** Told about every failure in full; queue and ledger keep only its {@link failureReason}, since they are persisted. */
export interface JobWatch {
  jobFailed(queue: string, jobId: string, attempt: number, error: unknown): void;
}

/** Throw this when trying again cannot help before something else changes. Its words are kept with the job. */
export class HopelessJob extends ImpersonalFailure {}

/** Throw this when what it works on is at fault, so that it can never be done, and whoever waits for it was told. */
export class ImpossibleJob extends HopelessJob {}

/** {@link ImpossibleJob}, as the queue may keep it. */
class Impossible extends UnrecoverableError {}

const CLOSE_WITHIN_MS = 8_000;
/** A job whose workers keep dying is killing them: after this many it is not run again. */
const MOST_DEATHS = 5;
/** What the queue is told of a job that this program is too old for. */
const TOO_NEW = 'EventTooNew';
interface Pace {
  /** How often a running job is asked whether it is still wanted. */
  readonly lookEveryMs: number;
  /** How long an outage is waited for at first, then twice as long each time. */
  readonly firstPauseMs: number;
  /** How long a job waits for its workspace's turn unless it is called: it is, but by a worker that died. */
  readonly turnMs: number;
  /** How long a job may take to heed that its worker stops; then it is given back as it is. */
  readonly heedMs: number;
  /** After how many pauses what may be an outage is none: most of an hour. */
  readonly doubts: number;
}

const PACE: Pace = { lookEveryMs: 5_000, firstPauseMs: 2_000, turnMs: 20_000, heedMs: 5_000, doubts: 60 };
/** How often is looked whether jobs are taken that wait. */
const WATCH_EVERY_MS = 10_000;

/** Runs the handlers of one worker process on their queues. */
export class JobRunner {
  /** One for each queue. */
  readonly watches: QueueWatch[] = [];
  private watching?: NodeJS.Timeout;
  private readonly workers: Worker[] = [];
  private readonly stopping = new AbortController();
  private readonly notes = new Set<Promise<void>>();
  private readonly delays: JobDelays;

  constructor(
    private readonly jobs: DurableJobs,
    private readonly watch: JobWatch,
    private readonly pace = PACE,
  ) {
    this.delays = new JobDelays(pace.firstPauseMs, this.stopping.signal);
  }

  async start(handlers: readonly JobHandler[]): Promise<void> {
    for (const handler of handlers) {
      const turns = new WorkspaceTurns();
      const watch = new QueueWatch(this.jobs.queue(handler.queue), handler.concurrency);
      const run = (job: object, token?: string) =>
        watch.during(() => this.inTurn(turns, handler, job as Job<JobData>, token));
      const worker = this.jobs.backend.worker(handler.queue, run, { concurrency: handler.concurrency });
      worker.on('error', () => undefined); // BullMQ reconnects by itself; failed jobs are reported by `run`
      worker.on('failed', (job, error) => this.note(job, error));
      this.workers.push(worker);
      this.watches.push(watch);
    }
    this.watching = setInterval(() => this.watches.forEach((watch) => void watch.look()), WATCH_EVERY_MS).unref();
  }

  /** Tells running jobs to stop, then waits for them for a while: one cut off is stalled, and runs again elsewhere. */
  async stop(): Promise<void> {
    clearInterval(this.watching);
    this.stopping.abort();
    const closed = Promise.allSettled(this.workers.map((worker) => worker.close())).then(() => Promise.all(this.notes));
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())]);
  }

  private async giveUp(handler: JobHandler, { data }: Job<JobData>): Promise<never> {
    await handler.gaveUp(data);
    throw new HopelessJob(`${MOST_DEATHS} workers died of this job`);
  }

  /** Runs it, or puts it back while its workspace has its share of this worker. */
  private async inTurn(turns: WorkspaceTurns, handler: JobHandler, job: Job<JobData>, token?: string): Promise<void> {
    const { workspaceId } = job.data;
    const { perWorkspace } = handler;
    if (!perWorkspace || typeof workspaceId !== 'string') return this.run(handler, job, token);
    if (!turns.take(workspaceId, perWorkspace, job.id!))
      return this.delays
        .putOff(job, jittered(this.pace.turnMs), token)
        .finally(() => void turns.wait(workspaceId, job.id!, job));
    try {
      await this.run(handler, job, token);
    } finally {
      await turns.leave(workspaceId);
    }
  }

  private async run(handler: JobHandler, job: Job<JobData>, token?: string): Promise<void> {
    const attempt = job.attemptsMade + 1;
    const context: JobContext = { attempt, lastAttempt: attempt >= handler.attempts, signal: this.stopping.signal };
    try {
      if (job.stalledCounter > MOST_DEATHS) await this.giveUp(handler, job);
      const watched = { signal: context.signal, lookEveryMs: this.pace.lookEveryMs };
      const wanted = () => handler.isWanted(job.data);
      await this.orGivenBack(whileWanted(wanted, watched, (signal) => handler.run(job.data, { ...context, signal })));
      if (!handler.every) await this.jobs.ledger.done(job.id!);
    } catch (error) {
      const isGivenBack = this.stopping.signal.aborted && !(error instanceof HopelessJob);
      if (!isGivenBack) this.watch.jobFailed(handler.queue, job.id ?? '', attempt, error);
      if ((isGivenBack || this.mayPass(error, job)) && !handler.every)
        await this.delays.putOff(job, this.delays.nextOf(job), token);
      throw asKept(error);
    }
  }

  /** What hangs on a part that is silent would otherwise hold the job until this process is seen to be gone. */
  private async orGivenBack(work: Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    const { promise: overdue, reject } = Promise.withResolvers<never>();
    let timer: NodeJS.Timeout | undefined;
    const begin = () => (timer = setTimeout(() => reject(signal.reason), this.pace.heedMs));
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true });
    try {
      await Promise.race([work, overdue]);
    } finally {
      signal.removeEventListener('abort', begin);
      clearTimeout(timer);
    }
  }

  private mayPass(error: unknown, job: Job): boolean {
    return isTransient(error) || (isDoubtful(error) && timesDelayed(job) < this.pace.doubts);
  }

  /**
   * Writes down that a job has failed for good, only once its queue has put it away: whoever then has it done again must
   * not find it running still. What this program is too old for has not failed: it is brought back until a newer one has
   * it, and so is what could not be written down.
   */
  private note(job: Job | undefined, error: Error): void {
    if (!job?.finishedOn || error.message === TOO_NEW) return;
    const failure = { why: error.message, forEver: error instanceof Impossible };
    const noted = this.jobs.ledger.failed(job.id!, failure).catch(() => undefined);
    this.notes.add(noted);
    void noted.then(() => this.notes.delete(noted));
  }
}

/** What the queue keeps of a failure, and by which it knows whether to try again. */
function asKept(error: unknown): Error {
  const reason = error instanceof EventTooNew ? TOO_NEW : failureReason(error);
  if (error instanceof ImpossibleJob) return new Impossible(reason);
  return error instanceof HopelessJob ? new UnrecoverableError(reason) : new Error(reason);
}
