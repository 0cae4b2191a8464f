import { randomUUID } from 'node:crypto';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { checkHandlers, JobHandler, type JobContext, type Processor } from '#platform/jobs/job.js';
import { postgresQueues, redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { HopelessJob, JobRunner } from '#platform/jobs/job-runner.js';
import { processorConsumer } from '#platform/jobs/processor-consumer.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';
import { redisInstalled, startRedis } from '../support/redis.js';

type Data = { n: number };

class Recorder extends JobHandler<Data> {
  readonly queue = 'test-record-number';
  override readonly attempts = 3;
  readonly runs: { n: number; attempt: number }[] = [];
  fail: (data: Data, context: JobContext) => void = () => undefined;

  async run(data: Data, context: JobContext): Promise<void> {
    this.runs.push({ n: data.n, attempt: context.attempt });
    this.fail(data, context);
  }
}

const processor: Processor<Data> = {
  queue: 'test-record-number',
  on: { Counted: ({ data }) => (Number(data.n) < 0 ? null : { data: { n: Number(data.n) } }) },
};
interface Opened {
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

const backends: Record<string, (fresh: FreshDatabase) => Promise<Opened>> = {
  PostgreSQL: async (fresh) => {
    const backend = await postgresQueues(fresh.url, 2);
    return { backend, close: () => backend.close() };
  },
  ...(redisInstalled() && {
    Redis: async () => {
      const redis = await startRedis();
      const backend = await redisQueues(redis.url);
      return { backend, close: () => backend.close().finally(redis.stop) };
    },
  }),
};

describe.each(Object.entries(backends))('jobs on %s', (_, open) => {
  let fresh: FreshDatabase;
  let store: PostgresEventStore;
  let opened: Opened;
  let handler: Recorder;
  let stops: (() => Promise<unknown>)[];
  const failures: string[] = [];

  beforeEach(async () => {
    fresh = await freshDatabase();
    store = new PostgresEventStore(fresh.pool);
    opened = await open(fresh);
    handler = new Recorder();
    failures.length = 0;
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops.reverse()) await stop();
    await opened.close();
    await store.close();
    await fresh.drop();
  });

  async function start(): Promise<void> {
    const database = new Database(fresh.pool);
    const fed = await processorConsumer(database, opened.backend, processor, handler);
    const runner = new ConsumerRunner(
      fed.consumer,
      { store, database },
      { parked: () => undefined, interrupted: () => undefined },
    );
    const jobs = new JobRunner(opened.backend, {
      jobFailed: (queue, _id, attempt) => failures.push(`${queue} ${attempt}`),
    });
    runner.start();
    await jobs.start([handler]);
    stops.push(
      () => fed.queue.close(),
      () => runner.stop(),
      () => jobs.stop(),
    );
  }

  const append = (stream: string, ...numbers: number[]) =>
    store.append(
      stream,
      'no_stream',
      numbers.map((n) => ({
        eventId: randomUUID(),
        type: 'Counted',
        schemaVersion: 1,
        at: new Date(),
        data: { n },
        meta: systemMeta,
        sealed: [],
      })),
    );

  it('does one job for each event that asks for one', async () => {
    await append('a-1', 1, -1, 2);
    await start();
    await append('b-1', 3);
    await eventually(() => expect(handler.runs.map(({ n }) => n).sort()).toEqual([1, 2, 3]));
  });

  it('puts an event that is read twice on the queue once', async () => {
    await append('a-1', 7);
    await start();
    await eventually(() => expect(handler.runs).toHaveLength(1));
    await fresh.pool.query('UPDATE platform.consumer SET position = -1, fence = fence + 1');
    await append('b-1', 8);
    await eventually(() => expect(handler.runs.map(({ n }) => n)).toEqual([7, 8]));
  });

  it('tries again with back-off, and says when it is the last time', async () => {
    const last: boolean[] = [];
    handler.fail = (_data, { lastAttempt }) => {
      last.push(lastAttempt);
      throw new TypeError('customer Jane Doe is not a number');
    };
    await append('a-1', 1);
    await start();
    await eventually(() => expect(last).toEqual([false, false, true]));
    await eventually(() =>
      expect(failures).toEqual(['test-record-number 1', 'test-record-number 2', 'test-record-number 3']),
    );
    const queue = opened.backend.queue('test-record-number');
    const [failed] = await eventually(async () => {
      const jobs = await queue.getFailed();
      expect(jobs).toHaveLength(1);
      return jobs;
    });
    expect(JSON.stringify(failed!.toJSON())).not.toContain('Jane');
    await queue.close();
  }, 30_000);

  it('does not repeat what cannot succeed', async () => {
    handler.fail = () => {
      throw new HopelessJob();
    };
    await append('a-1', 1);
    await start();
    const queue = opened.backend.queue('test-record-number');
    await eventually(async () => expect(await queue.getFailedCount()).toBe(1));
    expect(handler.runs).toHaveLength(1);
    await queue.close();
  });
});

describe('the boot check', () => {
  it('refuses a queue that nobody works on', () => {
    expect(() => checkHandlers([processor as unknown as Processor], [])).toThrow(
      'No handler does the jobs of queue "test-record-number".',
    );
  });
  it('refuses a queue that two claim', () => {
    expect(() => checkHandlers([], [new Recorder(), new Recorder()])).toThrow('2 handlers claim the queue');
  });
});
