import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellBy, DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { WrongExpectedVersion, type RecordedEvent } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { keyedRows, put } from '#platform/projections/keyed-rows.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { EventTooNew, lift } from '#platform/streams/lift.js';
import { Streams } from '#platform/streams/streams.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';

const GRAMS_IN_OUNCE = 28.35;
type Weighed = DomainEvent<'Weighed', { readonly grams: number; readonly by: string }>;

/** Version 1 told kilograms, version 2 grams, version 3 also who weighed. */
const parcel: StreamDefinition<Weighed['data'] | null, Weighed> = {
  category: 'parcel',
  initial: null,
  schemaVersions: { Weighed: 3 },
  upcasts: {
    Weighed: {
      1: ({ kilograms }) => ({ grams: Number(kilograms) * 1000 }),
      2: (data) => ({ ...data, by: 'unknown' }),
    },
  },
  evolve: (_, { data }) => data,
};

interface Row {
  readonly id: string;
  readonly grams: number;
  readonly by: string;
}

const parcels = keyedRows<Row>('parcels_v1.weights', {
  ddl: 'CREATE TABLE weights (id text PRIMARY KEY, grams int NOT NULL, by text NOT NULL)',
  on: handlersOf(parcel, { Weighed: ({ data, stream }) => put({ id: stream, ...data }) }),
});

/** As the next program knows it: version 4 tells ounces. The rows are the same. */
const newer: StreamDefinition<unknown, DomainEvent<'Weighed', { readonly ounces: number; readonly by: string }>> = {
  ...{ category: 'parcel', initial: null, evolve: () => null },
  schemaVersions: { Weighed: 4 },
  upcasts: {
    Weighed: { ...parcel.upcasts!.Weighed, 3: ({ grams, by }) => ({ by, ounces: Number(grams) / GRAMS_IN_OUNCE }) },
  },
};
const newerParcels = keyedRows<Row>('parcels_v1.weights', {
  ddl: parcels.ddl,
  on: handlersOf(newer, {
    Weighed: ({ data: { ounces, by }, stream }) => put({ id: stream, grams: Math.round(ounces * GRAMS_IN_OUNCE), by }),
  }),
});

let directory: string;
let keks: KeyFileKeyEncryptionKeys;
let fresh: FreshDatabase;
let store: PostgresEventStore;
const running: ConsumerRunner[] = [];
const troubles: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-lift-'));
  keks = await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json'));
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  fresh = await freshDatabase();
  store = new PostgresEventStore(fresh.pool);
  troubles.length = 0;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await store.close();
  await fresh.drop();
});

async function stored(id: number, data: Record<string, unknown>, schemaVersion = id): Promise<void> {
  const event = { eventId: randomUUID(), type: 'Weighed', schemaVersion, at: new Date(), data };
  await store.append(`parcel-${id}`, 'no_stream', [{ ...event, meta: systemMeta, sealed: [] }]);
}

async function follow(projection = parcels): Promise<ConsumerRunner> {
  const database = new Database(fresh.pool);
  const [consumer] = await prepareGenerations(database, projection);
  const watch = {
    parked: (_: unknown, event: RecordedEvent) => troubles.push(`parked at ${event.stream}`),
    interrupted: (_: unknown, error: unknown) => troubles.push((error as Error).name),
  };
  const runner = new ConsumerRunner(consumer!, { store, database }, watch);
  running.push(runner);
  runner.start();
  return runner;
}

const commands = () => new Streams(store, new PostgresKeyRing(fresh.pool, keks));
const rows = async () => (await fresh.pool.query('SELECT grams, by FROM parcels_v1.weights ORDER BY grams')).rows;

it('lifts what older code stored, alike for commands and for consumers, and leaves the log as it is', async () => {
  await stored(1, { kilograms: 1 });
  await stored(2, { grams: 2000 });
  await stored(3, { grams: 3000, by: 'm-1' });
  const known = [
    { grams: 1000, by: 'unknown' },
    { grams: 2000, by: 'unknown' },
    { grams: 3000, by: 'm-1' },
  ];
  const states = await Promise.all(['1', '2', '3'].map((id) => commands().load(parcel, id)));
  expect(states.map(({ state }) => state)).toEqual(known);
  await follow();
  await eventually(async () => expect(await rows()).toEqual(known));
  expect((await store.readStream('parcel-1'))[0]).toMatchObject({ schemaVersion: 1, data: { kilograms: 1 } });
});

it('refuses to guess what newer code stored, and leaves the list to newer code that runs beside it', async () => {
  await stored(3, { grams: 3000, by: 'm-1' });
  await stored(4, { ounces: 35, by: 'm-4' });
  await expect(commands().load(parcel, '4')).rejects.toThrow(EventTooNew);
  const old = await follow();
  await eventually(() => expect(troubles).toEqual(['EventTooNew']));
  const before = { grams: 3000, by: 'm-1' };
  expect(await rows()).toEqual([before]);
  const young = await follow(newerParcels);
  await eventually(async () => expect(await rows()).toEqual([{ grams: 992, by: 'm-4' }, before]));
  await stored(5, { ounces: 70, by: 'm-5' }, 4); // while both run
  const all = [{ grams: 992, by: 'm-4' }, { grams: 1985, by: 'm-5' }, before];
  await eventually(async () => expect(await rows()).toEqual(all));
  await young.stop();
  await stored(6, { grams: 6000, by: 'm-6' }, 3); // back to the old code: it goes on behind what it does not know
  await eventually(async () => expect(await rows()).toEqual([...all, { grams: 6000, by: 'm-6' }]));
  await old.stop();
  expect(troubles).toEqual(['EventTooNew']);
});

it('refuses an event of another stream, and one that nothing lifts', async () => {
  await stored(1, { kilograms: 1 });
  const [event] = await store.readStream('parcel-1');
  expect(() => lift(parcel, { ...event!, stream: 'letter-1' })).toThrow('is none of parcel');
  expect(() => lift({ ...parcel, upcasts: {} }, event!)).toThrow('no way up from version 1 of Weighed');
});

describe('metadata', () => {
  const by = {
    actor: { kind: 'member', id: 'm-1' },
    workspaceId: 'w-1',
    correlationId: 'c',
    causationId: 'c',
  } as const;
  const via = { kind: 'session', id: 's-1' } as const;
  const staff: CellBy = {
    ...{ actor: { kind: 'staff', id: 'p-1' }, via, proof: { by: 'passkey', amr: ['hwk'] } },
    ...{ onBehalfOf: by.actor, scope: { kind: 'staff' }, correlationId: 'c', causationId: 'c' },
  };
  const weighs = (grams: number) => () => [{ type: 'Weighed' as const, data: { grams, by: 'm-1' } }];
  const metaOf = async (id: string) => (await store.readStream(`parcel-${id}`))[0]!.meta;

  it('from before there were scopes is lifted: whose it is, and that nothing more was noted', async () => {
    await stored(3, { grams: 1, by: 'm-1' });
    const [event] = await store.readStream('parcel-3');
    const scope = { kind: 'workspace', id: systemMeta.workspaceId };
    const { actor, correlationId, causationId } = systemMeta;
    expect(lift(parcel, event!).meta).toEqual({
      ...{ actor, via: null, proof: { by: 'unrecorded' }, scope, correlationId, causationId },
    });
  });

  it('says who acted, by what, how it was proven, for whom and whose it is', async () => {
    await commands().change(parcel, '1', { ...by, via, proof: { by: 'password' } }, weighs(1));
    await commands().change(parcel, '2', staff, weighs(2));
    const { actor, correlationId, causationId } = by;
    const known = { actor, via, proof: { by: 'password' }, scope: { kind: 'workspace', id: 'w-1' } };
    const [first] = await store.readStream('parcel-1');
    expect(lift(parcel, first!).meta).toEqual({ ...known, correlationId, causationId });
    expect(first!.meta).toMatchObject({ ...known, workspaceId: 'w-1' }); // where older programs look for it
    expect(await metaOf('2')).toEqual(staff);
  });

  it("keeps scopes apart: another's stream is as none, and can't be appended to", async () => {
    await commands().change(parcel, '1', by, weighs(1));
    await commands().change(parcel, '2', staff, weighs(2));
    const system = { ...staff, scope: { kind: 'system' } } as const;
    const foreign = [staff, system, { ...by, workspaceId: 'w-2' }].map((who) => ['1', who] as const);
    for (const [id, who] of [...foreign, ['2', by] as const, ['2', system] as const]) {
      const seen: unknown[] = [];
      const change = commands().change(parcel, id, who, (state) => (seen.push(state), weighs(3)()));
      await expect(change).rejects.toThrow(WrongExpectedVersion);
      expect(new Set(seen)).toEqual(new Set([null]));
    }
  });
});
