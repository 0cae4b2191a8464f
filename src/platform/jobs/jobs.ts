import type { Queue } from 'bullmq';
import type { Database } from '#platform/database/database.js';
import type { JobData, JobHandler } from './job.js';
import { JobLedger, type AskedJob } from './job-ledger.js';
import type { QueueBackend } from './job-queues.js';
import { answered } from './queue-away.js';

/** How contexts ask for work behind the web tier, where no event of theirs does. */
export abstract class Jobs {
  /**
   * Asks for a job. What is asked for is kept when this resolves: it is done also when the queue is away or loses it.
   * @param id the caller's own, unique in the queue: asking again with it is not asking twice, for a day after its end
   * @param data ids and numbers only
   */
  abstract enqueue(queue: string, id: string, data: JobData, options?: { delayMs?: number }): Promise<void>;
}

/** How long the end of a queue is waited for. */
const LAST_MS = 2_000;
/** How long a job that failed rests before it is tried again, then twice as long each time. */
const FIRST_BACKOFF_MS = 2_000;

/** Writes jobs down and puts them on their queues. */
export class DurableJobs extends Jobs {
  readonly ledger: JobLedger;
  private readonly opened = new Map<string, Queue>();
  private handlers: ReadonlyMap<string, Pick<JobHandler, 'attempts'>> = new Map();

  constructor(
    database: Database,
    readonly backend: QueueBackend,
    private readonly firstBackoffMs = FIRST_BACKOFF_MS,
  ) {
    super();
    this.ledger = new JobLedger(database);
  }

  /** Handlers may ask for jobs themselves, so they are made known later. */
  register(handlers: readonly Pick<JobHandler, 'queue' | 'attempts'>[]): void {
    this.handlers = new Map(handlers.map((handler) => [handler.queue, handler]));
  }

  async enqueue(queue: string, id: string, data: JobData, { delayMs }: { delayMs?: number } = {}): Promise<void> {
    this.attemptsOf(queue);
    const open = await this.ledger.ask([{ id: `${queue}-${id}`, queue, data, delayMs }]);
    // A queue that is away now gets it from the reconciler.
    await this.put(open).catch(() => undefined);
  }

  /** Puts jobs on their queues; one that is there already, or has ended, is left alone. */
  async put(jobs: readonly AskedJob[], progressed: () => void = () => undefined): Promise<void> {
    const backoff = { type: 'exponential', delay: this.firstBackoffMs, jitter: 0.3 };
    for (const { id, queue, data, delayMs } of jobs) {
      const attempts = this.attemptsOf(queue);
      await answered(this.queue(queue).add(queue, data, { jobId: id, delay: delayMs, backoff, attempts }));
      progressed();
    }
  }

  /** Puts a job on its queue unless it waits or runs there. @returns whether it was missing */
  async putMissing(job: AskedJob): Promise<boolean> {
    const there = await answered(this.queue(job.queue).getJob(job.id));
    if (there && !(await ended(there))) return false;
    await there?.remove().catch(() => undefined);
    await this.put([job]);
    return true;
  }

  queue(name: string): Queue {
    const queue = this.opened.get(name) ?? this.backend.queue(name);
    this.opened.set(name, queue);
    return queue;
  }

  /** With everything on it. Only for queues that no code fills or works on any more. */
  async removeQueue(name: string): Promise<void> {
    await this.queue(name).obliterate({ force: true });
    await this.ledger.forgetQueue(name);
  }

  async close(): Promise<void> {
    const queues = [...this.opened.values()];
    this.opened.clear();
    await Promise.allSettled(queues.map((queue) => answered(queue.close(), LAST_MS)));
  }

  private attemptsOf(queue: string): number {
    const handler = this.handlers.get(queue);
    if (!handler) throw new Error(`No handler does the jobs of queue "${queue}".`);
    return handler.attempts;
  }
}

async function ended(job: { getState(): Promise<string> }): Promise<boolean> {
  return ['completed', 'failed', 'unknown'].includes(await job.getState());
}
