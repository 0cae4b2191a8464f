import type { PoolClient } from 'pg';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { newEvents, newStream, until, upTo, versionsByStream } from './event-fixtures.js';
import { LogReader } from './log-reader.js';
import { rawAppend } from './raw-append.js';

const WRITERS = 16;
const WRITE_MS = 4_000;
/** So many at least, however busy the machine is. */
const ENOUGH = 600;

/**
 * The mistake that position-only readers make elsewhere: a transaction takes its number early, commits late, and the
 * reader has passed. Writers here do everything that provokes it; two sequencers compete; readers remember a position only.
 */
it('loses, doubles and disorders nothing under slow, rolled-back and nested transactions and two sequencers', async () => {
  const database = await freshDatabase({ max: 60 });
  const stores = upTo(2).map(() => new PostgresEventStore(database.pool, { pollMs: 5, gatherMs: 0 }));
  const readers = stores.map((store) => new LogReader(store, -1n, { pageSize: 100 }));
  const polling = new PositionPoller(database);
  const end = Date.now() + WRITE_MS;
  const isEnough = (sofar: number) => Date.now() >= end && sofar >= ENOUGH;

  const written = await Promise.all(upTo(WRITERS).map((n) => writer(database, n, isEnough)));
  const ids = written.flat().sort();
  await until('the readers have everything', () =>
    [...readers.map((reader) => reader.events.length), polling.ids.length].every((count) => count >= ids.length),
  );

  for (const reader of readers) {
    expect(reader.events.map((event) => event.eventId).sort()).toEqual(ids);
    expect(reader.events.map((event) => event.position)).toEqual(upTo(ids.length).map(BigInt));
    for (const versions of versionsByStream(reader.events).values()) expect(versions).toEqual(upTo(versions.length));
  }
  await polling.stop();
  expect(polling.ids.sort()).toEqual(ids);
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
}, 60_000);

/** The other way to provoke it: the store's own appends, beside transactions held open. */
it('keeps up with its own appends while transactions are held open', async () => {
  const database = await freshDatabase();
  const store = new PostgresEventStore(database.pool);
  const reader = new LogReader(store, -1n);
  const held = await Promise.all(upTo(4).map(() => database.pool.connect()));
  for (const client of held) await client.query('BEGIN').then(() => rawAppend(client, newStream(), -1));
  for (const _ of upTo(50)) await store.append(newStream(), 'no_stream', newEvents(2));
  await reader.has(100);
  for (const [n, client] of held.entries()) {
    await client.query(n % 2 ? 'ROLLBACK' : 'COMMIT');
    client.release();
  }
  await reader.has(102);
  await store.append(newStream(), 'no_stream', newEvents(1));
  await reader.has(103);
  expect(reader.events.map((event) => event.position)).toEqual(upTo(103).map(BigInt));
  await store.close();
  await database.drop();
});

/** How many events all writers have committed. */
let committedByAll = 0;

/** Appends until it is enough to a stream of its own and one shared by four, each time in another kind of transaction. Answers what was committed. */
async function writer(database: FreshDatabase, n: number, isEnough: (sofar: number) => boolean): Promise<string[]> {
  const client = await database.pool.connect();
  const own = `own-${n}`;
  const shared = `shared-${n % 4}`;
  const committed: string[] = [];
  for (let turn = 0; !isEnough(committedByAll); turn++) {
    const ids = await attempt(client, [own, shared], n + turn).catch(() => undefined);
    const commit = ids !== undefined && Math.random() >= 0.15;
    await client.query(commit ? 'COMMIT' : 'ROLLBACK');
    if (!commit) continue;
    committed.push(...ids);
    committedByAll += ids.length;
  }
  client.release();
  return committed;
}

async function attempt(client: PoolClient, streams: string[], turn: number): Promise<string[]> {
  const pause = async (ms: number) => void (await client.query('SELECT pg_sleep($1)', [(Math.random() * ms) / 1000]));
  await client.query('BEGIN');
  if (turn % 3 === 0) await client.query('SELECT pg_current_xact_id()').then(() => pause(30));
  const ids: string[] = [];
  for (const stream of turn % 2 ? streams : [streams[0]!]) {
    const undone = turn % 5 === 0;
    if (undone) {
      await client.query('SAVEPOINT s');
      await rawAppend(client, stream, await lastVersion(client, stream));
      await client.query('ROLLBACK TO SAVEPOINT s');
    }
    if (turn % 7 === 0) await client.query('SAVEPOINT t');
    ids.push(await rawAppend(client, stream, await lastVersion(client, stream)));
    await pause(turn % 20 === 0 ? 400 : 8);
  }
  return ids;
}

async function lastVersion(client: PoolClient, stream: string): Promise<number> {
  const sql = 'SELECT max(version)::int AS version FROM es.event WHERE stream = $1';
  const { rows } = await client.query<{ version: number | null }>(sql, [stream]);
  return rows[0]?.version ?? -1;
}

/** The plainest consumer: asks for what is above the last position it saw, over and over. */
class PositionPoller {
  readonly ids: string[] = [];
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(database: FreshDatabase) {
    this.done = this.poll(database);
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.done;
  }

  private async poll({ pool }: FreshDatabase): Promise<void> {
    const sql = `SELECT (l.position + e.seq - l.seq)::int AS position, e.event_id FROM es.log l
      JOIN es.event e ON e.seq >= l.seq AND e.seq < l.seq + l.length WHERE l.position > $1 - 10000
      AND l.position + e.seq - l.seq > $1 ORDER BY 1`;
    for (let last = -1; !this.stopped;) {
      const { rows } = await pool.query<{ position: number; event_id: string }>(sql, [last]);
      last = rows.at(-1)?.position ?? last;
      this.ids.push(...rows.map((row) => row.event_id));
    }
  }
}
