import { randomUUID } from 'node:crypto';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { Announcements, type ListMoved } from '#platform/live/announcements.js';
import { ChangeFeed, TOO_MUCH_MISSED } from '#platform/live/change-feed.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { projectionAt } from '#platform/projections/projection.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { newEvent } from '../contracts/event-store/event-fixtures.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

const list = projectionAt('told_v1.things', {
  ddl: 'CREATE TABLE things (id uuid)',
  on: { SomethingHappened: true },
  apply: async () => undefined,
});

let fresh: FreshDatabase;
let store: PostgresEventStore;
let runners: ConsumerRunner[];
let announcements: Announcements;
let moves: ListMoved[];
beforeEach(async () => {
  fresh = await freshDatabase();
  const database = new Database(fresh.pool);
  store = new PostgresEventStore(fresh.pool);
  const watch = { parked: () => undefined, interrupted: () => undefined };
  const consumers = await prepareGenerations(database, list);
  runners = consumers.map((consumer) => new ConsumerRunner(consumer, { store, database }, watch));
  for (const runner of runners) runner.start();
  announcements = new Announcements(database);
  await announcements.onModuleInit();
  await eventually(async () => expect(await listeners()).toHaveLength(1));
  moves = [];
  announcements.moved.subscribe((move) => moves.push(move));
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await announcements.onApplicationShutdown();
  await store.close();
  await fresh.drop();
});

const listeners = async () =>
  (await fresh.pool.query(`SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN lists_moved'`)).rows;
const append = () => store.append(`thing-${randomUUID()}`, 'no_stream', [newEvent()]);
const expectHeard = (position: bigint) =>
  eventually(() => {
    expect(moves).toContainEqual({ name: list.name, position });
    expect(announcements.positionOf(list.name)).toBe(position);
  });

it('hears of rows from the transaction that wrote them, without asking', async () => {
  await append();
  await expectHeard(0n);
  await append();
  await expectHeard(1n);
});

it('reads what was said while its line was broken, and hears again', async () => {
  const [{ pid }] = await listeners();
  await fresh.pool.query('SELECT pg_terminate_backend($1)', [pid]);
  await append();
  await expectHeard(0n);
  await eventually(async () => expect(await listeners()).toHaveLength(1));
  await append();
  await expectHeard(1n);
});

it('a feed says "load anew" where it is too old for an event, and goes on', async () => {
  const feed = new ChangeFeed<bigint>(store, announcements, {
    lists: [list.name],
    types: ['SomethingHappened'],
    changesOf: (event) => {
      if (event.schemaVersion > 1) throw new EventTooNew(event, 1);
      return [event.position];
    },
  });
  await feed.start();
  const told: unknown[] = [];
  feed.follow('w-1', null).subscribe((one) => told.push(one === TOO_MUCH_MISSED ? one : one.changes));
  await eventually(() => expect(told).toEqual([[]]));
  await store.append(`thing-${randomUUID()}`, 'no_stream', [{ ...newEvent(), schemaVersion: 2 }]);
  await append();
  await eventually(() => expect(told).toEqual([[], TOO_MUCH_MISSED, [1n]]));
  await feed.stop();
});
