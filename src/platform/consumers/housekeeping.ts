import type { Database } from '#platform/database/database.js';
import type { DurableJobs } from '#platform/jobs/jobs.js';
import type { Processor } from '#platform/jobs/job.js';
import { processorName } from '#platform/jobs/processor-consumer.js';
import type { Projection } from '#platform/projections/projection.js';
import type { Consumer } from './consumer.js';
import { InUse, type Use } from './in-use.js';
import { Retirement } from './retirement.js';

interface Work {
  readonly projections: readonly Projection[];
  readonly processors: readonly Processor[];
  readonly handlers: readonly { readonly queue: string }[];
  readonly jobs: DurableJobs;
}

export interface HousekeepingWatch {
  removed(kind: string, name: string): void;
  interrupted(who: Pick<Consumer, 'name'>, error: unknown): void;
}

const EVERY_MS = 10 * 60_000;

/** Says again and again what this process works with, and in a worker removes what no process works with any more. */
export class Housekeeping {
  private readonly inUse: InUse;
  private readonly retirement: Retirement;
  private timer?: NodeJS.Timeout;
  private isWorker = false;

  constructor(
    database: Database,
    work: Work,
    private readonly watch: HousekeepingWatch,
  ) {
    this.inUse = new InUse(database, usesOf(work));
    this.retirement = new Retirement(database, this.inUse, work);
  }

  async start(): Promise<void> {
    await this.inUse.say();
    this.timer ??= setInterval(() => void this.round(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async removeAbandoned(): Promise<void> {
    this.isWorker = true;
    await this.round();
  }

  private async round(): Promise<void> {
    try {
      await this.inUse.say();
      if (!this.isWorker) return;
      for (const { kind, name } of await this.retirement.run()) this.watch.removed(kind, name);
    } catch (error) {
      this.watch.interrupted({ name: 'housekeeping' }, error);
    }
  }
}

function usesOf({ projections, processors, handlers }: Work): Use[] {
  return [
    ...projections.map(({ name }) => ({ kind: 'projection' as const, name })),
    ...processors.map((processor) => ({ kind: 'processor' as const, name: processorName(processor) })),
    ...handlers.map(({ queue }) => ({ kind: 'queue' as const, name: queue })),
  ];
}
