import type { JobHandler } from './job.js';
import type { AskedJob } from './job-ledger.js';
import type { DurableJobs } from './jobs.js';

const EVERY_MS = 15_000;
const AT_ONCE = 200;

/** Told what was found missing, and what could not be looked at. */
export interface ReconcilerWatch {
  foundMissing(queue: string, jobId: string): void;
  interrupted(who: { readonly name: string }, error: unknown): void;
}

/** Work of a context that ought to be under way: what was accepted and has not come to its end. */
export interface UnfinishedWork {
  /** The jobs that would bring it there. Asked for only where none of the same data is. */
  jobs(): AsyncIterable<AskedJob>;
}

/**
 * Brings back what a queue lost. Runs by a timer in every worker, since a queue that lost everything also lost what it
 * repeats; each job is looked at by one of them.
 */
export class Reconciler {
  private timer?: NodeJS.Timeout;
  private round: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly jobs: DurableJobs,
    private readonly work: {
      readonly handlers: readonly JobHandler[];
      readonly unfinished: readonly UnfinishedWork[];
    },
    private readonly watch: ReconcilerWatch,
  ) {}

  async start(): Promise<void> {
    await this.repeat(() => true);
    this.wait();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** One round: everything that should be on a queue is, when this resolves. */
  async look(): Promise<void> {
    await this.repeat((scheduler) => !scheduler);
    await this.ledger.forgetOld();
    for (const work of this.work.unfinished) await this.ask(work);
    for (let found = AT_ONCE; found === AT_ONCE && !this.stopping;) {
      const overdue = await this.ledger.overdue(AT_ONCE);
      for (const job of overdue)
        if (this.isKnown(job.queue) && (await this.jobs.putMissing(job))) this.watch.foundMissing(job.queue, job.id);
      found = overdue.length;
    }
  }

  private async repeat(needed: (scheduler: unknown) => boolean): Promise<void> {
    for (const { queue: name, every } of this.work.handlers) {
      if (!every) continue;
      const queue = this.jobs.queue(name);
      if (needed(await queue.getJobScheduler(name)))
        await queue.upsertJobScheduler(name, { every }, { name, data: {} });
    }
  }

  private async ask(work: UnfinishedWork): Promise<void> {
    for await (const { id, queue, data } of work.jobs())
      if (!(await this.ledger.isOpen(queue, data))) await this.jobs.enqueue(queue, id, data);
  }

  /** A newer program's jobs are for its own workers. */
  private isKnown(queue: string): boolean {
    return this.work.handlers.some((handler) => handler.queue === queue);
  }

  private wait(): void {
    const round = async () => {
      await this.look().catch((error: unknown) => this.watch.interrupted({ name: 'reconciler' }, error));
      if (!this.stopping) this.wait();
    };
    this.timer = setTimeout(() => (this.round = round()), EVERY_MS).unref();
  }

  private get ledger() {
    return this.jobs.ledger;
  }
}
