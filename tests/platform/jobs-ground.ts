import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { JobHandler, type JobContext, type Processor } from '#platform/jobs/job.js';
import { postgresQueues, redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { Reconciler, type UnfinishedWork } from '#platform/jobs/reconciler.js';
import { handlersOf, type TypedHandlers } from '#platform/streams/handlers.js';
import { counted, type Counted } from '../support/counted.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { redisInstalled, startRedis } from '../support/redis.js';
import { systemMeta } from '../support/system-meta.js';

/** What the specs of jobs work with: a queue that notes numbers, what fills it, and each kind of queue there is. */

type Data = { n: number };

export class Recorder extends JobHandler<Data> {
  readonly queue = 'test-record-number';
  override readonly attempts = 3;
  readonly runs: { n: number; attempt: number }[] = [];
  fail: (data: Data, context: JobContext) => unknown = () => undefined;
  wanted = true;

  async run(data: Data, context: JobContext): Promise<void> {
    this.runs.push({ n: data.n, attempt: context.attempt });
    await this.fail(data, context);
  }

  override async isWanted(): Promise<boolean> {
    return this.wanted;
  }
}

export const NUMBERS: TypedHandlers<Counted, [], ReturnType<Processor['on'][string]>> = {
  Counted: ({ data: { n } }) => (n < 0 ? null : { data: { n } }),
  CountedTwice: ({ data: { n } }) => [{ data: { n } }, { data: { n: n + 1 } }],
};
export const processor: Processor = { queue: 'test-record-number', on: handlersOf(counted, NUMBERS) };

/** Where queues lie: with the database, or on a server of its own, which all tests share. */
interface QueueServer {
  open(fresh: FreshDatabase): Promise<QueueBackend>;
  stop(): Promise<void>;
}

export const backends: Record<string, () => Promise<QueueServer>> = {
  PostgreSQL: async () => ({ open: ({ url }) => postgresQueues(url), stop: async () => undefined }),
  ...(redisInstalled() && {
    Redis: async () => {
      const redis = await startRedis();
      const emptied = async () => {
        const client = new Redis(redis.url);
        await client.flushall().finally(() => client.disconnect());
      };
      return { open: () => emptied().then(() => redisQueues(redis.url)), stop: redis.stop };
    },
  }),
};

/** A database, a log and queues of a test's own, and what reads, works and reconciles there. */
export class JobsGround {
  readonly store: PostgresEventStore;
  readonly database: Database;
  readonly jobs: DurableJobs;
  readonly handler = new Recorder();
  readonly failures: string[] = [];
  readonly troubles: string[] = [];
  /** Ends what was begun, the latest last. */
  readonly stops: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly fresh: FreshDatabase,
    readonly backend: QueueBackend,
  ) {
    this.store = new PostgresEventStore(fresh.pool);
    this.database = new Database(fresh.pool);
    this.jobs = new DurableJobs(this.database, backend, 20);
    this.jobs.register([this.handler]);
  }

  static async open(server: QueueServer): Promise<JobsGround> {
    const fresh = await freshDatabase();
    return new JobsGround(fresh, await server.open(fresh));
  }

  async close(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
    await this.jobs.close();
    await this.backend.close();
    await this.store.close();
    await this.fresh.drop();
  }

  /** Has events asked for jobs. */
  async read(by = processor): Promise<void> {
    await prepareProcessor(this, by);
    const watch = {
      parked: () => this.troubles.push('parked'),
      interrupted: (_: unknown, error: unknown) => this.troubles.push((error as Error).name),
    };
    const runner = new ConsumerRunner(processorConsumer(by, this.jobs), this, watch);
    runner.start();
    this.stops.push(() => runner.stop());
  }

  /** Has jobs done. */
  async work({ firstPauseMs = 10 } = {}): Promise<JobRunner> {
    const jobFailed = (queue: string, _id: string, attempt: number) => this.failures.push(`${queue} ${attempt}`);
    const pace = { lookEveryMs: 50, firstPauseMs, turnMs: 600_000, heedMs: 200, doubts: 3 };
    const runner = new JobRunner(this.jobs, { jobFailed }, pace);
    await runner.start([this.handler]);
    this.stops.push(() => runner.stop());
    return runner;
  }

  async start(): Promise<void> {
    await this.read();
    await this.work();
  }

  append(stream: string, ...numbers: number[]) {
    return this.appendAs('Counted', stream, numbers);
  }

  appendAs(type: string, stream: string, numbers: readonly number[], schemaVersion = 1) {
    const head = { type, schemaVersion, at: new Date(), meta: systemMeta, sealed: [] };
    const events = numbers.map((n) => ({ ...head, eventId: randomUUID(), data: { n } }));
    return this.store.append(stream, 'no_stream', events);
  }

  done(): number[] {
    return this.handler.runs.map(({ n }) => n).sort();
  }

  /** Expects all of the log to have been read. */
  async isRead(): Promise<void> {
    const { rows } = await this.fresh.pool.query('SELECT min(position)::int AS position FROM platform.consumer');
    expect(rows[0].position).toBe(Number(await this.store.head()));
  }

  reconciler(...unfinished: UnfinishedWork[]): Reconciler {
    const work = { handlers: [this.handler], processors: [processor], unfinished };
    return new Reconciler(this, work, { foundMissing: () => undefined, interrupted: () => undefined });
  }

  /** As when nobody has looked for a while. */
  later() {
    return this.fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 hour', looked_at = NULL`);
  }

  async openJobs(): Promise<number> {
    const { rows } = await this.fresh.pool.query('SELECT count(*)::int AS n FROM platform.job WHERE done_at IS NULL');
    return rows[0].n;
  }
}
