import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { EventStore, type RecordedEvent } from '#platform/event-store/event-store.js';
import { checkHandlers, type JobHandler, type Processor } from '#platform/jobs/job.js';
import type { QueueBackend } from '#platform/jobs/job-queues.js';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { processorConsumer } from '#platform/jobs/processor-consumer.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import type { Projection } from '#platform/projections/projection.js';
import type { Consumer } from './consumer.js';
import { ConsumerRunner, type ConsumerWatch } from './consumer-runner.js';

/** All that runs behind the web tier, collected from the contexts by the composition. */
export interface BackgroundWork {
  readonly projections: readonly Projection[];
  readonly processors: readonly Processor[];
  readonly handlers: readonly JobHandler[];
  readonly queues: QueueBackend;
}

export const BACKGROUND_WORK = Symbol('BACKGROUND_WORK');

/** The worker tier: every projection, processor and job handler. Many may run; leases decide who applies what. */
@Injectable()
export class Background implements ConsumerWatch {
  private readonly log = new Logger('Background');
  private runners: ConsumerRunner[] = [];
  private readonly queues: { close(): Promise<void> }[] = [];
  private readonly jobs: JobRunner;

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    @Inject(BACKGROUND_WORK) private readonly work: BackgroundWork,
  ) {
    this.jobs = new JobRunner(work.queues, this);
  }

  /** Makes tables and checkpoints, so that queries work even before the first worker runs. */
  async prepare(): Promise<Consumer[]> {
    checkHandlers(this.work.processors, this.work.handlers);
    const generations: Consumer[] = [];
    for (const projection of this.work.projections)
      generations.push(...(await prepareGenerations(this.database, projection)));
    return generations;
  }

  async start(): Promise<void> {
    const consumers = await this.prepare();
    for (const processor of this.work.processors) {
      const handler = this.work.handlers.find(({ queue }) => queue === processor.queue)!;
      const fed = await processorConsumer(this.database, this.work.queues, processor, handler);
      this.queues.push(fed.queue);
      consumers.push(fed.consumer);
    }
    this.runners = consumers.map(
      (consumer) => new ConsumerRunner(consumer, { store: this.store, database: this.database }, this),
    );
    for (const runner of this.runners) runner.start();
    await this.jobs.start(this.work.handlers);
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
    await Promise.all(this.runners.map((runner) => runner.stop()));
    await Promise.allSettled(this.queues.map((queue) => queue.close()));
  }

  parked(consumer: Consumer, event: RecordedEvent, error: unknown): void {
    this.log.error(
      `PARKED: ${consumer.name} cannot apply ${event.type} at position ${event.position}; nothing after it is shown`,
      error instanceof Error ? error.stack : undefined,
    );
  }

  interrupted(consumer: Consumer, error: unknown): void {
    this.log.warn(
      `${consumer.name} was interrupted and starts again: ${error instanceof Error ? error.name : 'unknown'}`,
    );
  }

  jobFailed(queue: string, jobId: string, attempt: number, error: unknown): void {
    this.log.error(
      `Job ${jobId} of ${queue} failed (attempt ${attempt})`,
      error instanceof Error ? error.stack : undefined,
    );
  }
}
