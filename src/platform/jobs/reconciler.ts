import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore } from '#platform/event-store/event-store.js';
import type { JobHandler, Processor } from './job.js';
import { OVERDUE_AFTER_MS, type AskedJob } from './job-ledger.js';
import type { DurableJobs } from './jobs.js';
import { askedBy } from './processor-consumer.js';

const EVERY_MS = 15_000;
const AT_ONCE = 200;
/** How long a turn is waited for at the end: a queue that never was there answers nobody. */
const LAST_TURN_MS = 2_000;
/** Contexts are asked every five minutes. */
const ROUNDS_BETWEEN_FINDS = 20;

/** Told what was found missing, and what could not be looked at. */
export interface ReconcilerWatch {
  foundMissing(queue: string, jobId: string): void;
  interrupted(who: { readonly name: string }, error: unknown): void;
}

/** Something that was accepted and has not come to its end, though it should have by now. */
export interface Unfinished {
  /** Whose job would bring it there. */
  readonly queue: string;
  /** Where the event lies that asked for it: the last such one of the first stream that has any. */
  readonly streams: readonly string[];
  /** Whether it is to be done once more although it failed: something has changed since. */
  readonly onceMore?: boolean;
}

/**
 * What a context finds unfinished by its own rows, whyever that is. Its job is asked for again under the same id, so
 * nothing is done twice that is under way.
 */
export interface UnfinishedWork {
  find(): Promise<readonly Unfinished[]>;
}

interface Work {
  readonly handlers: readonly JobHandler[];
  readonly processors: readonly Processor[];
  readonly unfinished: readonly UnfinishedWork[];
}

/**
 * Brings back what a queue lost. Runs by a timer in every worker, since a queue that lost everything also lost what it
 * repeats; each job is looked at by one of them.
 */
export class Reconciler {
  private timer?: NodeJS.Timeout;
  private turn: Promise<void> = Promise.resolve();
  private stopping = false;
  private rounds = 0;

  constructor(
    private readonly source: { readonly jobs: DurableJobs; readonly store: EventStore },
    private readonly work: Work,
    private readonly watch: ReconcilerWatch,
  ) {}

  /** Nobody waits for a queue that is away: it gets what it repeats once it is there. */
  start(): void {
    this.turn = this.tried(() => this.repeat(() => true)).then(() => this.wait());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await Promise.race([this.turn, wait(LAST_TURN_MS, undefined, { ref: false })]);
  }

  /** Everything that was asked for and should be on a queue is there, when this resolves. */
  async look(): Promise<void> {
    await this.repeat((scheduler) => !scheduler);
    await this.ledger.forgetOld();
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

  /** Asks for the jobs of what contexts find unfinished; they have waited long enough to be put on their queues now. */
  async askAgain(): Promise<void> {
    for (const work of this.work.unfinished)
      for (const unfinished of await work.find()) {
        const jobs = await this.jobsOf(unfinished);
        await this.ledger.ask(jobs.map((job) => ({ ...job, delayMs: (job.delayMs ?? 0) - OVERDUE_AFTER_MS })));
        if (unfinished.onceMore) for (const { id } of jobs) await this.ledger.rerun(id);
      }
  }

  private async jobsOf({ queue, streams }: Unfinished): Promise<AskedJob[]> {
    const processor = this.work.processors.find((one) => one.queue === queue);
    if (!processor) throw new Error(`No processor fills the queue "${queue}".`);
    for (const stream of streams) {
      const events = (await this.source.store.readStream(stream)).filter(({ type }) => type in processor.on);
      const last = events.at(-1);
      if (last) return last.position < 0n ? [] : askedBy(processor, last); // its place in the log is part of the id
    }
    return [];
  }

  /** A newer program's jobs are for its own workers. */
  private isKnown(queue: string): boolean {
    return this.work.handlers.some((handler) => handler.queue === queue);
  }

  private async round(): Promise<void> {
    if (this.rounds++ % ROUNDS_BETWEEN_FINDS === 0) await this.askAgain();
    await this.look();
  }

  private wait(): void {
    if (this.stopping) return;
    const turn = () => this.tried(() => this.round()).then(() => this.wait());
    this.timer = setTimeout(() => (this.turn = turn()), EVERY_MS).unref();
  }

  private tried(work: () => Promise<void>): Promise<void> {
    return work().catch((error: unknown) => this.watch.interrupted({ name: 'reconciler' }, error));
  }

  private get jobs() {
    return this.source.jobs;
  }

  private get ledger() {
    return this.jobs.ledger;
  }
}
