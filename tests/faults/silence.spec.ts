import { randomUUID } from 'node:crypto';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { ScopeIndexer } from '#platform/event-store/scope-indexer.js';
import { redisQueues } from '#platform/jobs/job-queues.js';
import type { Processor } from '#platform/jobs/job.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { projectionAt } from '#platform/projections/projection.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { counted } from '../support/counted.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.js';
import { systemMeta } from '../support/system-meta.js';
import { startProxy, type Proxy } from '../support/tcp-proxy.js';

/** How long nothing may move because whoever was to move it has fallen silent. */
const WITHIN_MS = 15_000;
const PATIENCE_MS = 60_000;

const used = new AsyncDisposableStack();
const wires: Proxy[] = [];
afterAll(async () => {
  for (const wire of wires) {
    wire.thaw();
    wire.cut();
  }
  await used.disposeAsync();
});

/** They wait for time limits most of the time, so they wait together. */
function together(title: string, run: () => Promise<void>): void {
  let outcome: Promise<void>;
  beforeAll(() => {
    outcome = run();
    outcome.catch(() => undefined); // the test says so
  });
  it(title, () => outcome, 2 * PATIENCE_MS);
}

const wireTo = async (url: string): Promise<Proxy> => {
  const wire = used.adopt(await startProxy(new URL(url)), (one) => one.stop());
  wires.push(wire);
  return wire;
};

/** What one worker works with, by a wire of its own where it is to fall silent. */
interface Worker {
  readonly database: Database;
  readonly store: PostgresEventStore;
}

class Ground {
  private constructor(
    readonly fresh: FreshDatabase,
    readonly wire: Proxy,
  ) {}

  static async open(): Promise<Ground> {
    const fresh = used.adopt(await freshDatabase(), (one) => one.drop());
    return new Ground(fresh, await wireTo(fresh.url));
  }

  worker(url = this.fresh.url): Worker {
    const pool = used.adopt(openPool(url, 6), (one) => one.end());
    return { database: new Database(pool), store: used.adopt(new PostgresEventStore(pool), (one) => one.close()) };
  }

  /** One whose lines can fall silent. */
  frail(): Worker {
    return this.worker(this.wire.through(this.fresh.url));
  }

  async append(n: number): Promise<void> {
    const event = { eventId: randomUUID(), type: 'Counted', schemaVersion: 1, at: new Date(), data: { n } };
    const store = used.adopt(new PostgresEventStore(this.fresh.pool), (one) => one.close());
    await store.append(`a-${randomUUID()}`, 'no_stream', [{ ...event, meta: systemMeta, sealed: [] }]);
  }

  async rows<T>(text: string): Promise<T[]> {
    return (await this.fresh.pool.query<T & object>(text)).rows;
  }
}

const watch = { parked: () => undefined, interrupted: () => undefined };

/** Writes down which worker applied what; twice the same number is an error. */
const numbers = (by: string, meanwhile: () => Promise<void> | void = () => undefined) =>
  projectionAt('counts_v1.numbers', {
    ddl: 'CREATE TABLE numbers (n int PRIMARY KEY, by text)',
    on: { Counted: true },
    async apply(events, rows) {
      await meanwhile();
      await rows
        .insertInto('numbers')
        .values(events.map(({ data: { n } }) => ({ n, by })))
        .execute();
    },
  });

async function apply(worker: Worker, by: string, meanwhile?: () => Promise<void> | void): Promise<ConsumerRunner> {
  const [served] = await prepareGenerations(worker.database, numbers(by, meanwhile));
  const runner = used.adopt(new ConsumerRunner(served!, worker, watch), (one) => one.stop());
  runner.start();
  return runner;
}

/** Expects a number to be applied in time by another than the one that fell silent. */
async function expectTaken(ground: Ground, n: number, since: number): Promise<void> {
  await eventually(
    async () => expect(await ground.rows(`SELECT by FROM counts_v1.numbers WHERE n = ${n}`)).toEqual([{ by: 'sound' }]),
    PATIENCE_MS,
  );
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
}

async function applied(ground: Ground): Promise<void> {
  await eventually(async () =>
    expect(await ground.rows('SELECT by FROM counts_v1.numbers')).toEqual([{ by: 'frail' }]),
  );
}

const replaced = (which: 'all' | 'present') => async () => {
  const ground = await Ground.open();
  await apply(ground.frail(), 'frail');
  await ground.append(1);
  await applied(ground);
  await apply(ground.worker(), 'sound');
  ground.wire.freeze(which);
  const since = performance.now();
  await ground.append(2);
  if (which === 'all') return expectTaken(ground, 2, since);
  // The one whose new lines work may have found that out by itself.
  await eventually(
    async () => expect(await ground.rows('SELECT n FROM counts_v1.numbers')).toHaveLength(2),
    PATIENCE_MS,
  );
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
};
together('a holder all of whose lines are silent is replaced', replaced('all'));
together('one whose lines of now are, while new ones work, gets on or is replaced', replaced('present'));

together('one in the middle of a transaction too, and what it wakes up to it does not write', async () => {
  const ground = await Ground.open();
  let since = 0;
  await apply(ground.frail(), 'frail', () => {
    if (since) return;
    ground.wire.freeze();
    since = performance.now();
  });
  await eventually(async () =>
    expect(await ground.rows('SELECT FROM platform.consumer WHERE owner IS NOT NULL')).toHaveLength(1),
  );
  await ground.append(1);
  await eventually(() => expect(since).toBeGreaterThan(0));
  await apply(ground.worker(), 'sound');
  await expectTaken(ground, 1, since);
  ground.wire.thaw();
  await ground.append(2);
  await eventually(async () =>
    expect(await ground.rows('SELECT n FROM counts_v1.numbers ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]),
  );
});

together('whoever indexes the scopes too', async () => {
  const ground = await Ground.open();
  const index = ({ store, database }: Worker) =>
    used.adopt(new ScopeIndexer(store, database.pool), (one) => one.close());
  index(ground.frail());
  const indexed = (n: number) =>
    eventually(async () => expect(await ground.rows('SELECT FROM es.scope_index')).toHaveLength(n), PATIENCE_MS);
  await ground.append(1);
  await indexed(1);
  index(ground.worker());
  ground.wire.freeze();
  const since = performance.now();
  await ground.append(2);
  await indexed(2);
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
});

(redisInstalled() ? describe : describe.skip)('with jobs in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  together('one whose line to Redis alone is silent, without holding up the checkpoint', async () => {
    const ground = await Ground.open();
    const wire = await wireTo(redis.url);
    const processor: Processor = { queue: 'test-count', on: handlersOf(counted, { Counted: () => ({ data: {} }) }) };
    const process = async (url: string) => {
      const worker = ground.worker();
      const backend = used.adopt(await redisQueues(url), (one) => one.close());
      const jobs = used.adopt(new DurableJobs(worker.database, backend), (one) => one.close());
      jobs.register([{ queue: processor.queue, attempts: 1 }]);
      await prepareProcessor(worker, processor);
      const runner = used.adopt(new ConsumerRunner(processorConsumer(processor, jobs), worker, watch), (one) =>
        one.stop(),
      );
      return { queue: jobs.queue(processor.queue), runner };
    };
    const [frail, sound] = [await process(wire.through(redis.url)), await process(redis.url)];
    const waiting = (n: number) =>
      eventually(async () => expect(await sound.queue.getWaitingCount()).toBe(n), PATIENCE_MS);
    frail.runner.start();
    await ground.append(1);
    await waiting(1);
    sound.runner.start();
    wire.freeze();
    const since = performance.now();
    await ground.append(2);
    await waiting(2);
    expect(performance.now() - since).toBeLessThan(WITHIN_MS);
  });
});
