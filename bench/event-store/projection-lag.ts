import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { projectionAt } from '#platform/projections/projection.js';
import { sql } from 'kysely';
import { quantile, type Entries } from '../entry.js';
import { emmett, newEvents } from './contestants.js';
import { withDurablePostgres } from './durable-postgres.js';

const PER_SECOND = 200;
const SECONDS = 20;
const WARM_UP_EVENTS = 2 * PER_SECOND;
const LOST_AFTER_MS = 5_000;
const COUNT = PER_SECOND * SECONDS;

/**
 * From the call of an append until everybody can read its row, at 200 events a second. Ours: the projection's commit,
 * which a notification sent inside its transaction tells of. Beside it emmett's consumer, as its documentation sets it up,
 * from the same call until its handler has the event (which is before anything could be committed).
 */
export async function projectionLag(): Promise<Entries> {
  const [value, reference] = [await withDurablePostgres(ours), await withDurablePostgres(theirs)];
  return { projection_lag_p99_ms: { value, unit: 'ms', reference, ratio: value / reference } };
}

/** When which event was appended, and when it arrived. What never does counts as having taken for ever. */
class Lags {
  private readonly called = new Map<number, number>();
  private readonly lags: number[] = [];

  async load(append: (n: number) => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    const appends: Promise<unknown>[] = [];
    for (let n = 0; n < COUNT; n++) {
      await wait(Math.max(0, begun + (n * 1000) / PER_SECOND - performance.now()));
      this.called.set(n, performance.now());
      appends.push(append(n));
    }
    await Promise.all(appends);
    const last = performance.now();
    while (this.called.size && performance.now() - last < LOST_AFTER_MS) await wait(20);
    return quantile([...this.lags, ...[...this.called].map(() => Infinity)], 0.99);
  }

  arrived(n: number): void {
    const called = this.called.get(n);
    if (called !== undefined && n >= WARM_UP_EVENTS) this.lags.push(performance.now() - called);
    this.called.delete(n);
  }
}

const SHOWN = projectionAt('bench_v1.shown', {
  ddl: 'CREATE TABLE shown (n int PRIMARY KEY, text text NOT NULL)',
  on: { RecordingRequested: true },
  async apply(events, rows) {
    for (const { data } of events) {
      await rows.insertInto('shown').values({ n: data.n, text: data.text }).execute();
      await sql`SELECT pg_notify('bench_shown', ${String(data.n)})`.execute(rows);
    }
  },
});

async function ours(url: string): Promise<number> {
  const pool = openPool(url, 20);
  const [database, store] = [new Database(pool), new PostgresEventStore(pool)];
  const lags = new Lags();
  const listener = new pg.Client({ connectionString: url });
  await listener.connect();
  await listener.query('LISTEN bench_shown');
  listener.on('notification', ({ payload }) => lags.arrived(Number(payload)));
  const watch = { parked: fail, interrupted: fail };
  const [consumer] = await prepareGenerations(database, SHOWN);
  const runner = new ConsumerRunner(consumer!, { store, database }, watch);
  runner.start();
  const p99 = await lags.load((n) => store.append(`bench-${randomUUID()}`, 'no_stream', newEvents(1, n)));
  await runner.stop();
  await listener.end();
  await store.close();
  await pool.end();
  return p99;
}

async function theirs(url: string): Promise<number> {
  const store = await emmett(url);
  const lags = new Lags();
  const reader = await store.follow((numbers) => numbers.forEach((n) => lags.arrived(n)));
  const p99 = await lags.load((n) => store.append(`bench-${randomUUID()}`, -1, 1, n));
  await reader.stop();
  await store.close();
  return p99;
}

function fail(_: unknown, eventOrError: unknown): never {
  throw new Error('The projection stopped', { cause: eventOrError });
}
