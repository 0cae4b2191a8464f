import { setTimeout as wait } from 'node:timers/promises';
import { EventStoreDbEventStore } from '#platform/event-store/eventstoredb-event-store.js';
import { EventStoreAway } from '#platform/event-store/event-store.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { startProxy } from '../../support/tcp-proxy.js';
import { BreakableProxy } from './breakable-proxy.js';
import { idsOf, newEvent, newEvents, newStream, newType, recorded, until, upTo } from './event-fixtures.js';
import { EventStoreDbCluster } from './eventstoredb-server.js';
import { LogReader } from './log-reader.js';

/** What a real cluster does and the contract cannot bring about: see the node's answers. */
describe('EventStoreDB, as it is', () => {
  let database: FreshDatabase;
  let cluster: EventStoreDbCluster;
  const stores: EventStoreDbEventStore[] = [];
  beforeAll(async () => void (database = await freshDatabase()));
  beforeEach(async () => void (cluster = await EventStoreDbCluster.start(3)));
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    cluster.stop();
  });
  afterAll(() => database.drop());

  const open = (ports: readonly number[] = cluster.ports, options = '', prefix = 'cell') => {
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    const store = EventStoreDbEventStore.connect(`esdb://${hosts}?tls=false${options}`, database.pool, prefix);
    stores.push(store);
    return store;
  };
  const atNode = (node: number, options = '') => open([cluster.ports[node]!], options);

  it('reads at the leader what a follower does not know yet, though it was asked', async () => {
    const [stream, events] = [newStream(), newEvents(2)];
    cluster.lag(1);
    expect(await open().append(stream, 'no_stream', events)).toEqual({ version: 1 });
    expect(await atNode(1).readStream(stream)).toEqual(recorded(stream, 0, events));
    expect(await atNode(1).positionOf(stream, 1)).toBe(await open().head());
    expect(await atNode(1).append(stream, 1, newEvents(1))).toEqual({ version: 2 });
    expect((await atNode(1).readLog(-1n)).events.map(({ version }) => version)).toEqual([0, 1, 2]);
  });

  it('goes on through an election: what was asked meanwhile is answered, and appended once', async () => {
    const [store, stream, type] = [open(), newStream(), newType()];
    const events = newEvents(20, type);
    await store.append(stream, 'no_stream', events.slice(0, 10));
    const reader = new LogReader(store, -1n, { filter: { types: [type] }, pageSize: 3 });
    await reader.has(10);
    cluster.lag(1);
    cluster.kill(0);
    const asked = [store.append(stream, 9, events.slice(10)), store.readStream(stream), open().head()] as const;
    await wait(300);
    cluster.elect(2);
    expect(await asked[0]).toEqual({ version: 19 });
    expect(idsOf(await asked[1]).slice(0, 10)).toEqual(idsOf(events.slice(0, 10)));
    expect(await asked[2]).toBeGreaterThan(0n);
    await reader.has(20);
    expect(idsOf(reader.events)).toEqual(idsOf(events));
    cluster.catchUp(1);
    cluster.kill(2);
    cluster.elect(1);
    await store.append(stream, 19, newEvents(5, type));
    await reader.has(25);
    expect(reader.events.map(({ version }) => version)).toEqual(upTo(25));
    expect(reader.stopped).toBeUndefined();
  }, 60_000);

  it('does not see what others keep there, however much it looks like ours', async () => {
    const [mine, other, type] = [open(), open(cluster.ports, '', 'cell2'), newType()];
    const reader = new LogReader(mine, -1n);
    const look = { meta: {}, schemaVersion: 1, at: 'never', pii: [['a', 'b']] };
    const foreign = () => {
      cluster.log.addForeign('shop-1', type, { pii: ['x'] });
      cluster.log.addForeign('celle.x', type, look);
      cluster.log.addForeign('cell.broken', type, { pii: [] });
    };
    foreign();
    await other.append(newStream(), 'no_stream', newEvents(2, type));
    const [stream, events] = [newStream(), newEvents(3, type)];
    await mine.append(stream, 'no_stream', events.slice(0, 2));
    foreign();
    await mine.append(stream, 1, events.slice(2));
    const head = await mine.head();
    for (const _ of upTo(250)) foreign();
    await reader.has(3);
    await wait(50);
    expect(idsOf(reader.events)).toEqual(idsOf(events));
    expect(reader.next).toBe(head);
    expect(reader.stopped).toBeUndefined();
    expect(await mine.head()).toBe(head);
    expect(await open().head()).toBe(head);
    expect(await open().readLog(-1n)).toMatchObject({ next: head, atEnd: true });
    expect(await open().positionOf(stream, 2)).toBe(head);
    expect((await mine.readAt([head])).map(({ version }) => version)).toEqual([2]);
  });

  it('reads on in a log from before there were prefixes, and passes over what is not ours', async () => {
    const [mine, type] = [open(cluster.ports, '', ''), newType()];
    cluster.log.addForeign('shop-1', type, { pii: ['x'] });
    const [stream, events] = [newStream(), newEvents(2, type)];
    await mine.append(stream, 'no_stream', events);
    expect(idsOf((await mine.readLog(-1n)).events)).toEqual(idsOf(events));
    expect(await mine.readStream(stream)).toEqual(recorded(stream, 0, events));
  });

  it('takes a deleted stream for none, goes on with its versions, and says so of a tombstoned one at once', async () => {
    const [store, stream] = [open(), newStream()];
    await store.append(stream, 'no_stream', newEvents(3));
    cluster.log.delete(`cell.${stream}`);
    expect(await store.readStream(stream)).toEqual([]);
    expect(await store.append(stream, 'no_stream', newEvents(1))).toEqual({ version: 3 });
    expect((await store.readStream(stream)).map(({ version }) => version)).toEqual([3]);
    cluster.log.tombstones.add(`cell.${stream}`);
    const begun = performance.now();
    await expect(store.readStream(stream)).rejects.toThrow('is deleted');
    await expect(store.append(stream, 3, newEvents(1))).rejects.toThrow('is deleted');
    expect(performance.now() - begun).toBeLessThan(4_000);
  });

  it('stops loudly at a position that no record has', async () => {
    const store = open();
    await store.append(newStream(), 'no_stream', newEvents(3));
    const reader = new LogReader(store, (await store.head()) - 1n);
    await until('it stopped', () => reader.stopped !== undefined);
    expect(String(reader.stopped!.error)).toContain('Unexpected ReadAllResult');
  });

  it.each(['falls silent', 'refuses'])(
    'says within seconds that a server which %s is away, sooner while it is, and goes on',
    async (how) => {
      let proxy = await startProxy(new URL(`http://127.0.0.1:${cluster.ports[0]}`));
      const [store, stream, type] = [open([proxy.port]), newStream(), newType()];
      await store.append(stream, 'no_stream', newEvents(1, type));
      const reader = new LogReader(store, -1n, { filter: { types: [type] } });
      await reader.has(1);
      if (how === 'refuses') await proxy.stop();
      else proxy.freeze();
      const seconds: number[] = [];
      for (const ask of [
        () => store.append(stream, 0, newEvents(1)),
        () => store.readStream(stream),
        () => store.head(),
        () => store.readLog(-1n),
      ]) {
        const begun = performance.now();
        await expect(ask()).rejects.toThrow(EventStoreAway);
        seconds.push((performance.now() - begun) / 1000);
      }
      expect(seconds[0]).toBeLessThan(10);
      expect(Math.max(...seconds.slice(1))).toBeLessThan(4);
      if (how === 'refuses') proxy = await startProxy(new URL(`http://127.0.0.1:${cluster.ports[0]}`), proxy.port);
      else proxy.thaw();
      const back = performance.now();
      await until('it answers', () =>
        store.head().then(
          () => true,
          () => false,
        ),
      );
      const { version } = (await store.readStream(stream)).at(-1)!;
      await store.append(stream, version, newEvents(1, type));
      await reader.has(2);
      expect(performance.now() - back).toBeLessThan(15_000);
      await store.close();
      await proxy.stop();
    },
    60_000,
  );

  it('gives up a line that fell silent, and misses nothing', async () => {
    const proxy = new BreakableProxy('127.0.0.1', cluster.ports[0]!);
    const store = open([await proxy.listen()], '&keepAliveInterval=1000');
    const [type, stream, events] = [newType(), newStream(), [newEvent(), newEvent()]];
    await store.append(stream, 'no_stream', [{ ...events[0]!, type }]);
    const reader = new LogReader(store, -1n);
    await reader.has(1);
    proxy.freeze();
    await open().append(stream, 0, [{ ...events[1]!, type }]);
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    await reader.has(2);
    expect(idsOf(reader.events)).toEqual(idsOf(events));
    await store.close();
    proxy.close();
  });
});
