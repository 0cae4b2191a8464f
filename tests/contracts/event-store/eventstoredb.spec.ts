import { randomUUID } from 'node:crypto';
import { EventStoreDbEventStore } from '#platform/event-store/eventstoredb-event-store.js';
import { EventStoreAway, type EventStore } from '#platform/event-store/event-store.js';
import { freshDatabase } from '../../support/fresh-database.js';
import { BreakableProxy } from './breakable-proxy.js';
import { eventStoreContract } from './event-store.contract.js';
import { EventStoreDbCluster } from './eventstoredb-server.js';
import { fillByAppending, newEvent, newStream } from './event-fixtures.js';
import type { MemoryLog } from './eventstoredb-log.js';
import type { Ground } from './ground.js';

const REAL = process.env.EVENTSTORE_URL;

eventStoreContract("EventStoreDB (its client, a server of the test's own)", async () => {
  const cluster = await EventStoreDbCluster.start();
  const ground = await eventStoreDbGround(`esdb://127.0.0.1:${cluster.ports[0]}?tls=false`);
  const dispose = () => ground.dispose().then(() => cluster.stop());
  return { ...ground, fill: (type, count) => fillBehind(ground.open(), cluster.log, type, count), dispose };
});

if (REAL) eventStoreContract('EventStoreDB (a real server)', () => eventStoreDbGround(REAL));

it('refuses to run with a client that misreports refused appends', async () => {
  const database = await freshDatabase();
  const connect = () =>
    EventStoreDbEventStore.connect('esdb://127.0.0.1:2113?tls=false&throwOnAppendFailure=false', database.pool, 'cell');
  expect(connect).toThrow('throwOnAppendFailure');
  await database.drop();
});

it('is told from what it answers when it is away for longer than commands wait', async () => {
  const database = await freshDatabase();
  const store = EventStoreDbEventStore.connect('esdb://127.0.0.1:1?tls=false', database.pool, 'cell');
  const begun = performance.now();
  const clock = jest
    .spyOn(performance, 'now')
    .mockReturnValueOnce(begun)
    .mockReturnValue(begun + 60_000);
  await expect(store.readStream(newStream())).rejects.toThrow(EventStoreAway);
  clock.mockRestore();
  await store.close();
  await database.drop();
});

/** Every connection runs through a proxy that can be cut. `url` names one server by host and port. */
async function eventStoreDbGround(url: string): Promise<Ground> {
  const database = await freshDatabase();
  const { hostname, port } = new URL(url.replace(/^esdb:/, 'http:'));
  const proxy = new BreakableProxy(hostname, Number(port || 2113));
  const proxied = url.replace(/(@|\/\/)[^@/?]+(?=[/?]|$)/, `$1127.0.0.1:${await proxy.listen()}`);
  const [stores, prefix]: [EventStore[], string] = [[], `cell_${randomUUID().slice(0, 8)}`];
  return {
    open() {
      const store = EventStoreDbEventStore.connect(proxied, database.pool, prefix);
      stores.push(store);
      return store;
    },
    breakConnections: async () => proxy.cut(),
    fill: (type, count) => fillByAppending(stores[0]!, type, count),
    async dispose() {
      await Promise.all(stores.map((store) => store.close()));
      proxy.close();
      await database.drop();
    },
  };
}

/** Appends one event, and has the server's log repeat it: 100k appends over gRPC would take most of a minute. */
async function fillBehind(store: EventStore, log: MemoryLog, type: string, count: number): Promise<string[]> {
  await store.append(newStream(), 'no_stream', [newEvent(type)]);
  const first = log.entries.findLast((entry) => entry.type === type)!;
  const copies = Array.from({ length: count - 1 }, () => ({ ...first, id: randomUUID() }));
  log.append(first.stream, 0, copies);
  return [first.id, ...copies.map(({ id }) => id)];
}
