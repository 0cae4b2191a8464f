import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConsumerTransaction } from '#platform/consumers/consumer.js';
import { ConsumerRunner, type ConsumerWatch } from '#platform/consumers/consumer-runner.js';
import { Standstill } from '#platform/consumers/standstill.js';
import { Progress } from '#platform/consumers/progress.js';
import { Announcements } from '#platform/live/announcements.js';
import { Database } from '#platform/database/database.js';
import type { EventStore, RecordedEvent } from '#platform/event-store/event-store.js';
import type { KeyRing } from '#platform/key-ring/key-ring.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { prepareGenerations, rebuild, serveEmpty } from '#platform/projections/generations.js';
import { projectionAt, type Projection } from '#platform/projections/projection.js';
import { listsAreWhole } from '#platform/projections/readiness.js';
import { fromTheBeginning } from '../support/careless-store.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';
import { eventually } from '../support/eventually.js';

let fresh: FreshDatabase;
let database: Database;
let store: EventStore;
const running: ConsumerRunner[] = [];
const parked: { name: string; position: bigint }[] = [];
const watch: ConsumerWatch = {
  parked: ({ name }, { position }) => parked.push({ name, position }),
  interrupted: () => undefined,
};

beforeEach(async () => {
  fresh = await freshDatabase();
  database = new Database(fresh.pool);
  store = new PostgresEventStore(fresh.pool);
  parked.length = 0;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await store.close();
  await fresh.drop();
});

async function append(stream: string, count: number, from = 0, type = 'Counted'): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => ({
    eventId: randomUUID(),
    type,
    schemaVersion: 1,
    at: new Date(),
    data: { n: from + i },
    meta: systemMeta,
    sealed: [],
  }));
  await store.append(stream, from ? from - 1 : 'no_stream', events);
}

function counting(version = 1, factor = 1): Projection {
  return projectionAt(`counts_v${version}.numbers`, {
    ddl: 'CREATE TABLE numbers (stream text, n int, PRIMARY KEY (stream, n))',
    on: { Counted: true },
    async apply(events, rows) {
      const values = events.map(({ stream, data }) => ({ stream, n: Number(data.n) * factor }));
      await rows.insertInto('numbers').values(values).execute();
    },
  });
}

async function run(projection: Projection, { workers = 1, from = store } = {}): Promise<ConsumerRunner[]> {
  const consumers = await prepareGenerations(database, projection);
  const runners = consumers.flatMap((consumer) =>
    Array.from({ length: workers }, () => new ConsumerRunner(consumer, { store: from, database }, watch)),
  );
  runners.forEach((runner) => runner.start());
  running.push(...runners);
  return runners;
}

async function numbers(version = 1): Promise<{ count: number; sum: number }> {
  const { rows } = await fresh.pool.query(
    `SELECT count(*)::int AS count, coalesce(sum(n), 0)::int AS sum FROM counts_v${version}.numbers`,
  );
  return rows[0];
}

it('applies every event once, in order, while two workers compete', async () => {
  await append('a-1', 300);
  await run(counting(), { workers: 2 });
  await append('b-1', 300);
  await eventually(async () => expect((await numbers()).count).toBe(600));
  expect(parked).toEqual([]);
});

it('goes on where a worker was cut off, without applying anything twice', async () => {
  await append('a-1', 200);
  const [first] = await run(counting());
  await eventually(async () => expect((await numbers()).count).toBe(200));
  await first!.stop();
  await append('a-1', 100, 200);
  await run(counting());
  await eventually(async () => expect((await numbers()).count).toBe(300));
});

it('applies nothing twice of what the log hands out again', async () => {
  await append('a-1', 20);
  const [first] = await run(counting());
  await eventually(async () => expect((await numbers()).count).toBe(20));
  await first!.stop();
  await append('a-1', 5, 20);
  await run(counting(), { from: fromTheBeginning(store) });
  await eventually(async () => expect((await numbers()).count).toBe(25));
  expect(parked).toEqual([]);
});

it('stops also while it is still taking its lease, which is then free', async () => {
  const [stopped] = await run(counting());
  await stopped!.stop();
  const { rows } = await fresh.pool.query('SELECT owner FROM platform.consumer');
  expect(rows).toEqual([{ owner: null }]);
});

it('commits nothing after another worker has taken the lease', async () => {
  const [consumer] = await prepareGenerations(database, counting());
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const slow = {
    ...consumer!,
    handle: async (events: readonly RecordedEvent[], transaction: ConsumerTransaction, status: never) => {
      entered.resolve();
      await release.promise;
      await consumer!.handle(events, transaction, status);
    },
  };
  await append('a-1', 1);
  const runner = new ConsumerRunner(slow, { store, database }, watch);
  running.push(runner);
  runner.start();
  await entered.promise;
  // The rival waits for the row that the slow one has locked, and gets it only afterwards: never both.
  const rival = fresh.pool.query(
    "UPDATE platform.consumer SET owner = gen_random_uuid(), fence = fence + 1, lease_until = now() + interval '1 hour'",
  );
  release.resolve();
  await rival;
  await append('a-1', 5, 1);
  await eventually(async () => expect((await numbers()).count).toBe(1));
  await wait(300);
  expect((await numbers()).count).toBe(1);
});

it('parks at a poison event, loudly, with everything before it applied', async () => {
  await append('a-1', 20);
  await append('p-1', 1, 0, 'Counted');
  await append('b-1', 20);
  const projection = counting();
  const poisoned: Projection = {
    ...projection,
    async apply(events, rows, schema) {
      if (events.some(({ stream }) => stream === 'p-1')) throw new RangeError('poison');
      await projection.apply(events, rows, schema);
    },
  };
  await run(poisoned);
  await eventually(() => expect(parked).toEqual([{ name: 'counts.numbers@1', position: 20n }]));
  expect((await numbers()).count).toBe(20);
  const { rows } = await fresh.pool.query('SELECT parked_at, parked_why FROM platform.consumer');
  expect(rows).toEqual([{ parked_at: 20, parked_why: expect.stringMatching(/^RangeError at src\/[\w/-]+\.ts:\d+$/) }]);
});

it('applies an old and a new version side by side, each to its own rows, until the old code ends', async () => {
  await append('a-1', 500);
  const [old] = await run(counting(1));
  await eventually(async () => expect(await numbers()).toEqual({ count: 500, sum: 124_750 }));
  await run(counting(2, 2));
  await eventually(async () => expect(await numbers(2)).toEqual({ count: 500, sum: 249_500 }));
  await append('a-1', 1, 500);
  await eventually(async () => expect((await numbers(1)).count).toBe(501));
  await eventually(async () => expect((await numbers(2)).count).toBe(501));
  await old!.stop();
  await append('a-1', 1, 501);
  await eventually(async () => expect((await numbers(2)).count).toBe(502));
  expect((await numbers(1)).count).toBe(501);
  await run(counting(1)); // back to the old code: it goes on where it was
  await eventually(async () => expect((await numbers(1)).count).toBe(502));
});

/** Nobody waits for a change here. */
const NO_TOKENS = null as unknown as KeyRing;

it('is whole once it has caught up, and not before; on an empty log at once', async () => {
  const whole = listsAreWhole(database, [counting()]);
  const progress = new Progress(store, new Announcements(database), NO_TOKENS);
  await append('a-1', 10);
  await prepareGenerations(database, counting());
  await expect(whole()).rejects.toThrow('being built');
  await expect(progress.waitFor(counting().name, undefined, 'w-1')).rejects.toThrow('LIST_BEING_BUILT');
  await run(counting());
  await eventually(whole);
  await progress.waitFor(counting().name, undefined, 'w-1');
  const other = projectionAt('counts_v1.others', { ...counting(), ddl: 'CREATE TABLE others (n int)' });
  await prepareGenerations(database, other);
  await serveEmpty(database, [other]);
  await listsAreWhole(database, [other])();
});

it('rebuilds the same version from zero while the old rows serve', async () => {
  await append('a-1', 100);
  await run(counting());
  await eventually(async () => expect((await numbers()).count).toBe(100));
  await fresh.pool.query('DELETE FROM counts_v1.numbers WHERE n < 50');
  await rebuild(database, counting());
  expect((await numbers()).count).toBe(50);
  await append('a-1', 1, 100);
  // The workers that run find by themselves that they are to rebuild, and go on with the new rows.
  await eventually(async () => expect((await numbers()).count).toBe(101));
  await append('a-1', 1, 101);
  await eventually(async () => expect((await numbers()).count).toBe(102));
  const { rows } = await fresh.pool.query('SELECT generation, status FROM platform.consumer');
  expect(rows).toEqual([{ generation: 1, status: 'serving' }]);
});

it('is told of once when it waits for what never comes; not when it waits for work, or for its lease', async () => {
  const never = Promise.withResolvers<void>();
  const consumer = (name: string, beforehand?: () => Promise<void>) => {
    const handle = () => Promise.resolve();
    return { name, generation: 1, handles: ['Counted'], pageSize: 10, handle, beforehand };
  };
  const stuck = consumer('jobs.stuck', () => never.promise);
  const consumers = [consumer('jobs.idle'), stuck, consumer('jobs.idle')];
  await fresh.pool.query(`INSERT INTO platform.consumer (name, version, status)
    VALUES ('jobs.idle', 1, 'serving'), ('jobs.stuck', 1, 'serving')`);
  await append('a', 1);
  const runners = consumers.map((one) => new ConsumerRunner(one, { store, database }, watch));
  runners.forEach((runner) => runner.start());
  running.push(...runners);
  const found: string[] = [];
  const standstill = new Standstill(
    () => runners,
    (name) => found.push(name),
    { afterMs: 5_000, lookEveryMs: 100 },
  );
  try {
    await eventually(() => expect(found).toEqual(['jobs.stuck']), 20_000);
    await eventually(async () => {
      const { rows } = await fresh.pool.query(`SELECT name FROM platform.consumer WHERE lease_until < now()`);
      expect(rows).toEqual([{ name: 'jobs.stuck' }]); // another process may have it
    });
  } finally {
    standstill.stop();
    never.resolve();
  }
});

it('finds a reader that stands still as soon after hours of sleep as before, and blames none for the sleep', () => {
  let now = performance.now();
  const reader = { name: 'list', movedAt: now };
  const found: number[] = [];
  const tell = () => found.push(now);
  const standstill = new Standstill(() => [reader], tell, { afterMs: 60_000, lookEveryMs: 2_000 });
  const pass = (ms: number) => standstill.look((now += ms));
  for (let n = 0; n < 25; n++) pass(2_000);
  pass(4 * 3_600_000);
  expect(found).toEqual([]);
  const moved = (reader.movedAt = now);
  while (!found.length && now - moved < 600_000) pass(2_000);
  standstill.stop();
  expect(found[0]! - moved).toBeLessThan(70_000);
});
