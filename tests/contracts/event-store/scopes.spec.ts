import { createHash } from 'node:crypto';
import type { StoredMetadata } from '#kernel/event.js';
import type { EventStore, NewEvent } from '#platform/event-store/event-store.js';
import { EventStoreDbEventStore } from '#platform/event-store/eventstoredb-event-store.js';
import { leafEntry, leafHash } from '#platform/event-store/leaf.js';
import { CELL, type LogScope } from '#platform/event-store/log-scope.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { ScopeIndexer } from '#platform/event-store/scope-indexer.js';
import { ScopedLog } from '#platform/event-store/scoped-log.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { newEvent, newStream, sealedFor, until, upTo } from './event-fixtures.js';
import { EventStoreDbCluster } from './eventstoredb-server.js';

const QUICK = { gatherMs: 0, lookEveryMs: 50 };
const workspace = (id: string): LogScope => ({ kind: 'workspace', id });

/** As they are stored: the first is how it was until scopes came. */
const METADATA = [
  { workspaceId: 'a' },
  { scope: { kind: 'workspace', id: 'b' } },
  { scope: { kind: 'staff' } },
  { scope: { kind: 'workspace', id: 'a' } },
  { scope: { kind: 'system' } },
];
const SCOPES = [workspace('a'), workspace('b'), CELL];

describe('the log of a scope', () => {
  let cluster: EventStoreDbCluster;
  const databases: FreshDatabase[] = [];
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => void (cluster = await EventStoreDbCluster.start()));
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    for (const database of databases.splice(0)) await database.drop();
  });
  afterAll(() => cluster.stop());

  async function open(kind: 'PostgreSQL' | 'EventStoreDB', prefix: string) {
    const database = await freshDatabase();
    databases.push(database);
    const url = `esdb://127.0.0.1:${cluster.ports[0]}?tls=false`;
    const connect = () =>
      kind === 'PostgreSQL'
        ? new PostgresEventStore(database.pool)
        : EventStoreDbEventStore.connect(url, database.pool, prefix);
    const stores = [connect(), connect()] as const;
    closing.push(async () => void (await Promise.all(stores.map((store) => store.close()))));
    const index = () => {
      const indexers = stores.map((store) => new ScopeIndexer(store, database.pool, QUICK));
      const close = async () => void (await Promise.all(indexers.map((indexer) => indexer.close())));
      closing.push(close);
      return { close };
    };
    return { database, stores, index, scoped: new ScopedLog(stores[0], database.pool) };
  }

  const sizes = (scoped: ScopedLog) => Promise.all(SCOPES.map((scope) => scoped.size(scope)));
  const leaves = async (scoped: ScopedLog) =>
    Promise.all(
      SCOPES.map(async (scope) => {
        const read = await scoped.read(scope, 0, 1_000);
        expect(read.map(({ index }) => index)).toEqual(upTo(read.length));
        for (const { leaf, event } of read) expect(leaf).toEqual(leafHash(event));
        return read.map(({ leaf }) => leaf.toString('hex'));
      }),
    );
  const indexed = async (scoped: ScopedLog, count: number) =>
    until(`${count} are indexed`, async () => (await sizes(scoped)).reduce((sum, size) => sum + size, 0) >= count);

  it('is gapless, in order and the same over both stores, however often its writers change, and after a rebuild', async () => {
    const events = upTo(60).map((n) => eventOf(n));
    const streams = upTo(7).map(() => newStream());
    const seen = [];
    for (const kind of ['PostgreSQL', 'EventStoreDB'] as const) {
      const { database, stores, index, scoped } = await open(kind, 'both');
      const first = index();
      await appendAll(stores[0], streams, events.slice(0, 30));
      await first.close();
      index();
      await appendAll(stores[1], streams, events.slice(30), 30);
      await indexed(scoped, 60);
      expect(await sizes(scoped)).toEqual([24, 12, 24]);
      const before = await leaves(scoped);
      await database.pool.query('TRUNCATE es.scope_index; UPDATE es.scope_reader SET position = -1, owner = NULL');
      await indexed(scoped, 60);
      expect(await leaves(scoped)).toEqual(before);
      expect((await scoped.read(CELL, 22, 30)).map(({ index: at }) => at)).toEqual([22, 23]);
      seen.push(before);
    }
    expect(seen[1]).toEqual(seen[0]);
  }, 60_000);

  it('tells nothing of other scopes, and stays the same when sealed parts are erased', async () => {
    const { stores, index, scoped } = await open('PostgreSQL', 'x');
    index();
    const [stream, event] = [newStream(), { ...eventOf(0), sealed: [sealedFor('s-1')] }];
    await appendAll(
      stores[0],
      [newStream()],
      upTo(9).map((n) => eventOf(n * 5 + 1)),
    );
    await stores[0].append(stream, 'no_stream', [event]);
    await indexed(scoped, 10);
    const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
    const [{ event: read, leaf }] = (await scoped.read(workspace('a'), 0, 1)) as [any];
    expect(leafEntry(read)).toBe(
      `{"at":"2026-05-04T03:02:01.123Z","data":"${sha256('{"n":0}')}","id":"${event.eventId}",` +
        `"meta":"${sha256('{"workspaceId":"a"}')}","pii":[["s-1","${sha256(event.sealed[0]!.blob)}"]],` +
        `"stream":"${stream}","type":"SomethingHappened","v":1,"version":"0"}`,
    );
    expect(leaf.toString('hex')).toBe(sha256(`\0${leafEntry(read)}`));
    await stores[0].eraseSealed('s-1');
    const [{ event: erased }] = (await scoped.read(workspace('a'), 0, 1)) as [any];
    expect(erased.sealed[0].blob).toBeNull();
    expect(leafHash(erased)).toEqual(leaf);
  });

  it('is written by one at a time: who was replaced writes nothing', async () => {
    const { database, stores, index, scoped } = await open('PostgreSQL', 'x');
    index();
    await appendAll(
      stores[0],
      [newStream()],
      upTo(10).map((n) => eventOf(n)),
    );
    await indexed(scoped, 10);
    await database.pool.query(
      "UPDATE es.scope_reader SET owner = gen_random_uuid(), lease_until = now() + interval '1 hour'",
    );
    await appendAll(
      stores[0],
      [newStream()],
      upTo(10).map((n) => eventOf(n)),
    );
    const end = await stores[0].head();
    const other = new ScopedLog(stores[1], database.pool);
    await until('the events are in the log', async () => (await stores[0].head()) >= 19n);
    expect(end).toBeLessThanOrEqual(19n);
    expect((await sizes(other)).reduce((sum, size) => sum + size, 0)).toBe(10);
    await database.pool.query("UPDATE es.scope_reader SET lease_until = '-infinity'");
    await indexed(scoped, 20);
    expect(await sizes(scoped)).toEqual([8, 4, 8]);
  });
});

function eventOf(n: number): NewEvent {
  return { ...newEvent('SomethingHappened', { n }), meta: METADATA[n % METADATA.length] as unknown as StoredMetadata };
}

/** One at a time: the order is the given one. */
async function appendAll(store: EventStore, streams: readonly string[], events: readonly NewEvent[], from = 0) {
  for (const [n, event] of events.entries()) {
    const version = Math.floor((from + n) / streams.length) - 1;
    await store.append(streams[(from + n) % streams.length]!, version < 0 ? 'no_stream' : version, [event]);
  }
}
