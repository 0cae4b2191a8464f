import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { EventStore, type RecordedEvent } from '#platform/event-store/event-store.js';
import { checkHandlers, type JobHandler, type Processor } from '#platform/jobs/job.js';
import { ImpossibleJob, JobRunner } from '#platform/jobs/job-runner.js';
import type { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { Reconciler, type UnfinishedWork } from '#platform/jobs/reconciler.js';
import { prepareGenerations, serveEmpty } from '#platform/projections/generations.js';
import type { Projection } from '#platform/projections/projection.js';
import { EventTooNew } from '#platform/streams/lift.js';
import type { Consumer } from './consumer.js';
import { ConsumerRunner, type ConsumerWatch } from './consumer-runner.js';
import { Housekeeping } from './housekeeping.js';
import { Standstill } from './standstill.js';
import { isTransient } from './transient.js';

/** All that runs behind the web tier, collected from the contexts by the composition. */
export interface BackgroundWork {
  readonly projections: readonly Projection[];
  readonly processors: readonly Processor[];
  readonly handlers: readonly JobHandler[];
  readonly unfinished: readonly UnfinishedWork[];
  readonly jobs: DurableJobs;
}

export const BACKGROUND_WORK = Symbol('BACKGROUND_WORK');

/** The worker tier: every projection, processor and job handler. Many may run; leases decide who applies what. */
@Injectable()
export class Background implements ConsumerWatch {
  private readonly log = new Logger('Background');
  private prepared?: Promise<readonly Consumer[]>;
  private runners: ConsumerRunner[] = [];
  private standstill?: Standstill;
  private readonly hopeless = Promise.withResolvers<string>();
  private readonly jobs: JobRunner;
  private readonly reconciler: Reconciler;
  private readonly housekeeping: Housekeeping;

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    @Inject(BACKGROUND_WORK) private readonly work: BackgroundWork,
  ) {
    this.jobs = new JobRunner(work.jobs, this);
    this.reconciler = new Reconciler({ jobs: work.jobs, store }, work, this);
    this.housekeeping = new Housekeeping(database, work, this);
  }

  /**
   * Makes tables and checkpoints, so that queries work even before the first worker runs. Every process does this, once.
   */
  prepare(): Promise<readonly Consumer[]> {
    return (this.prepared ??= this.makeReady());
  }

  private async makeReady(): Promise<readonly Consumer[]> {
    const { projections, processors, handlers, jobs } = this.work;
    checkHandlers(processors, handlers);
    jobs.register(handlers);
    const generations: Consumer[] = [];
    for (const projection of projections) generations.push(...(await prepareGenerations(this.database, projection)));
    if ((await this.store.head()) < 0n) await serveEmpty(this.database, projections);
    for (const processor of processors)
      await prepareProcessor({ store: this.store, database: this.database }, processor);
    await this.housekeeping.start();
    return [...generations, ...processors.map((processor) => processorConsumer(processor, jobs))];
  }

  async start(): Promise<void> {
    const consumers = await this.prepare();
    const source = { store: this.store, database: this.database };
    this.runners = consumers.map((consumer) => new ConsumerRunner(consumer, source, this));
    for (const runner of this.runners) runner.start();
    this.standstill = new Standstill(
      () => [...this.runners, ...this.jobs.watches],
      (name) => this.stands(name),
    );
    await this.jobs.start(this.work.handlers);
    this.reconciler.start();
    await this.housekeeping.removeAbandoned();
  }

  /** Makes good at once what queues lost and contexts find unfinished; otherwise it happens every few minutes. */
  async reconcile(): Promise<void> {
    await this.reconciler.askAgain();
    await this.reconciler.look();
  }

  async stop(): Promise<void> {
    this.standstill?.stop();
    this.housekeeping.stop();
    // All at once: where a part has fallen silent each takes its time, and there is little.
    await Promise.all([this.reconciler, this.jobs, ...this.runners].map((one) => one.stop()));
    await this.work.jobs.close();
  }

  /** Resolves, if ever, with what stands still here for no reason of its own: the process should be started anew. */
  get stuck(): Promise<string> {
    return this.hopeless.promise;
  }

  private stands(name: string): void {
    this.log.error(`${name} waits in this process for something that does not come: it has to be started anew`);
    this.hopeless.resolve(name);
  }

  parked(consumer: Consumer, event: RecordedEvent, error: unknown): void {
    const what = `${event.type} at position ${event.position}`;
    this.log.error({ msg: `PARKED: ${consumer.name} cannot apply ${what}; nothing after it is shown`, err: error });
  }

  interrupted({ name }: Pick<Consumer, 'name'>, error: unknown): void {
    if (error instanceof EventTooNew)
      return this.log.warn(`${name} is left to a newer program: ${error.message}. Until one runs it stands there`);
    this.log.warn({ msg: `${name} was interrupted and starts again`, err: error });
  }

  jobFailed(queue: string, jobId: string, attempt: number, error: unknown): void {
    const away = `Jobs of ${queue} wait for a part of this server that is away`;
    if (isTransient(error)) return this.log.warn({ msg: away, jobId, err: error });
    // Anybody with a link can send what is no video: nobody is to be woken for that.
    if (error instanceof ImpossibleJob)
      return this.log.log({ msg: `Job ${jobId} of ${queue} was given what cannot be used`, err: error });
    this.log.error({ msg: `Job ${jobId} of ${queue} failed (attempt ${attempt})`, err: error });
  }

  foundMissing(queue: string, jobId: string): void {
    this.log.warn(`Job ${jobId} was not on its queue ${queue} any more and is there again`);
  }

  removed(kind: string, name: string): void {
    this.log.log(`Removed the ${kind} ${name}, which no running program knows any more`);
  }
}
