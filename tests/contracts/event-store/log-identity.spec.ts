import { setTimeout } from 'node:timers/promises';
import { StartProblem } from '#platform/config/start-problem.js';
import { openPool } from '#platform/database/database.js';
import { EventStoreDbEventStore } from '#platform/event-store/eventstoredb-event-store.js';
import type { EventStore } from '#platform/event-store/event-store.js';
import { identifyLog, refuseLogBeforePrefixes, streamPrefixOf } from '#platform/event-store/log-identity.js';
import { LogWatch } from '#platform/event-store/log-watch.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { newEvents, newStream, upTo } from './event-fixtures.js';
import { EventStoreDbCluster } from './eventstoredb-server.js';
import { positioned } from './reading.contract.js';

describe('the cell that a log is of', () => {
  let cluster: EventStoreDbCluster;
  const databases: FreshDatabase[] = [];
  const stores: EventStore[] = [];
  beforeEach(async () => void (cluster = await EventStoreDbCluster.start()));
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const database of databases.splice(0)) await database.drop();
    cluster.stop();
  });

  async function fresh(): Promise<FreshDatabase> {
    databases.push(await freshDatabase());
    return databases.at(-1)!;
  }
  function opened<S extends EventStore>(store: S): S {
    stores.push(store);
    return store;
  }
  const inEventStoreDb = ({ pool }: FreshDatabase, prefix = 'cell') =>
    opened(EventStoreDbEventStore.connect(`esdb://127.0.0.1:${cluster.ports[0]}?tls=false`, pool, prefix));
  const inPostgres = ({ pool }: FreshDatabase) => opened(new PostgresEventStore(pool));
  const start = (store: EventStore, { pool }: FreshDatabase, prefix = 'cell') =>
    identifyLog(store, pool, 'THERE', prefix);
  const cellIn = async ({ pool }: FreshDatabase) => (await pool.query('SELECT id, in_log FROM es.cell')).rows[0];
  async function refusal(starting: Promise<void>): Promise<string> {
    const problem = await starting.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(StartProblem);
    return (problem as StartProblem).message;
  }

  it.each(['PostgreSQL', 'EventStoreDB'])(
    'is agreed on by processes that start first at once, over %s',
    async (kind) => {
      const database = await fresh();
      const open = () => (kind === 'PostgreSQL' ? inPostgres(database) : inEventStoreDb(database));
      const processes = upTo(6).map(open);
      await Promise.all(processes.map((store) => start(store, database)));
      const [event, ...more] = await processes[0]!.readStream('cell-identity');
      expect(more).toEqual([]);
      expect(event).toMatchObject({ type: 'CellFounded', meta: { scope: { kind: 'system' } } });
      expect(await cellIn(database)).toEqual({ id: event!.data.cellId, in_log: true });
      await start(open(), database);
    },
  );

  it('is that of the process that founded it while another one was looking', async () => {
    const database = await fresh();
    const store = inPostgres(database);
    const late: EventStore = Object.create(store, {
      readStream: {
        value: async (stream: string) => {
          const read = await store.readStream(stream);
          if (read.length === 0) await start(inPostgres(database), database);
          return read;
        },
      },
    });
    await start(late, database);
    expect(await store.readStream('cell-identity')).toHaveLength(1);
  });

  it('is given to an installation that has none, which goes on without a prefix', async () => {
    const database = await fresh();
    const old = inEventStoreDb(database, '');
    await old.append(newStream(), 'no_stream', newEvents(3));
    await readUpTo(database, await old.head());
    expect(await streamPrefixOf(database.pool, 'cell')).toBe('');
    await start(old, database, '');
    expect(await streamPrefixOf(database.pool, 'other')).toBe('');
    expect(await cellIn(database)).toMatchObject({ in_log: true });
    const postgres = await fresh();
    const store = inPostgres(postgres);
    await store.append(newStream(), 'no_stream', newEvents(3));
    await start(store, postgres);
    expect(await cellIn(postgres)).toMatchObject({ in_log: true });
  });

  it('is founded once, though the process died between the row and the event', async () => {
    const database = await fresh();
    await database.pool.query(
      "INSERT INTO es.cell (id, stream_prefix) VALUES ('00000000-0000-4000-8000-000000000001', 'gone')",
    );
    expect(await streamPrefixOf(database.pool, 'cell')).toBe('cell');
    await start(inEventStoreDb(database), database);
    expect(await cellIn(database)).toEqual({ id: '00000000-0000-4000-8000-000000000001', in_log: true });
    expect(await streamPrefixOf(database.pool, 'other')).toBe('cell');
  });

  it('is compared: a foreign log, a fresh database and a log that is elsewhere are refused in words', async () => {
    const [one, two, none] = [await fresh(), await fresh(), await fresh()];
    await start(inEventStoreDb(one, 'one'), one, 'one');
    await start(inEventStoreDb(two, 'two'), two, 'two');
    const [a, b] = [(await cellIn(one)).id, (await cellIn(two)).id];
    const foreign = await refusal(start(inEventStoreDb(two, 'one'), two));
    expect(foreign).toContain(`The log in THERE is that of cell ${a}, but the database is that of cell ${b}.`);
    const unknown = await refusal(start(inEventStoreDb(none, 'one'), none));
    expect(unknown).toContain(`is that of cell ${a}, but the database is that of no cell yet`);
    expect(unknown).toContain('EVENTSTORE_PREFIX');
    expect(await cellIn(none)).toBeUndefined();
    const elsewhere = await refusal(start(inPostgres(one), one));
    expect(elsewhere).toContain(`The database is that of cell ${a}, but its log is not in THERE.`);
  });

  it.each(['PostgreSQL', 'EventStoreDB'])('refuses a log that ends before what was read of it, in %s', async (kind) => {
    const database = await fresh();
    const store = kind === 'PostgreSQL' ? inPostgres(database) : inEventStoreDb(database);
    await start(store, database);
    const stream = newStream();
    await store.append(stream, 'no_stream', newEvents(3));
    const head = await positioned(store, stream, 2);
    await readUpTo(database, head);
    await start(store, database);
    await readUpTo(database, head + 1_000n);
    expect(await refusal(start(store, database))).toContain(
      `ends at position ${head}, but a_list of this database has read it up to position ${head + 1_000n}`,
    );
  });

  it('a database that is new is not taken for that of a log from before there were prefixes', async () => {
    const [old, none, shared] = [await fresh(), await fresh(), await fresh()];
    const before = inEventStoreDb(old, '');
    cluster.log.addForeign('shop-1', 'Sold', { pii: ['x'] });
    const beside = inEventStoreDb(none);
    await refuseLogBeforePrefixes(beside, none.pool, 'THERE');
    await inEventStoreDb(shared, 'shared').append(newStream(), 'no_stream', newEvents(1));
    await refuseLogBeforePrefixes(beside, none.pool, 'THERE'); // another cell's, with a prefix
    await before.append(newStream(), 'no_stream', newEvents(3));
    const refused = await refusal(refuseLogBeforePrefixes(beside, none.pool, 'THERE'));
    expect(refused).toContain(
      'The log in THERE holds events from before streams had a prefix, but the database is new.',
    );
    await start(inEventStoreDb(shared, 'shared'), shared, 'shared');
    await refuseLogBeforePrefixes(inEventStoreDb(shared, 'shared'), shared.pool, 'THERE');
  });

  it('a log that is put back to an earlier day under running processes is noticed, and an outage is none', async () => {
    const database = await fresh();
    const store = inEventStoreDb(database);
    await start(store, database);
    const stream = newStream();
    await store.append(stream, 'no_stream', newEvents(3));
    await readUpTo(database, await store.head());
    const gone = openPool(database.url, 1);
    await gone.end();
    const watches = [database.pool, gone].map((pool) => new LogWatch(store, pool, 'THERE', 20));
    const lost = Promise.race(watches.map((watch) => watch.lost)).then(({ message }) => message);
    await store.append(stream, 2, newEvents(3));
    await readUpTo(database, await store.head());
    expect(await Promise.race([lost, setTimeout(200, 'nothing is lost')])).toBe('nothing is lost');
    cluster.log.putBackTo(4);
    expect(await lost).toContain('but a_list of this database has read it up to position');
    await Promise.all(watches.map((watch) => watch.close()));
  });

  it('says that nobody answers', async () => {
    const database = await fresh();
    const store = inEventStoreDb(database);
    cluster.stop();
    expect(await refusal(start(store, database))).toContain('The log in THERE cannot be read');
  });

  async function readUpTo({ pool }: FreshDatabase, position: bigint): Promise<void> {
    await pool.query("DELETE FROM platform.consumer WHERE name = 'a_list'");
    const sql = "INSERT INTO platform.consumer (name, version, status, position) VALUES ('a_list', 1, 'serving', $1)";
    await pool.query(sql, [String(position)]);
  }
});
