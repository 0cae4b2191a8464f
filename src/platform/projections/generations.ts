import { sql } from 'kysely';
import type { Consumer, ConsumerTables, ConsumerTransaction } from '#platform/consumers/consumer.js';
import type { Database } from '#platform/database/database.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { schemaAndTable, schemaAndTableOf, type Projection } from './projection.js';

/** Large enough that reading and writing at once pays when much is to be caught up with. */
const PAGE_SIZE = 5000;
/** The rows that queries read, and those that are built beside them when somebody asked for a rebuild. */
const [SERVED, REBUILT] = [1, 2];
const LOOK_FOR_REBUILD_MS = 5000;

/**
 * Makes sure that this version of a projection has a table and a checkpoint, and returns who applies it: to the rows
 * that are read, and to those that are rebuilt beside them whenever there are any. Rows of other versions are left to
 * processes that know them.
 */
export async function prepareGenerations(database: Database, projection: Projection): Promise<Consumer[]> {
  await locked(database, schemaAndTable(projection.place).schema, async (transaction) => {
    const known = await transaction
      .selectFrom('platform.consumer')
      .where('name', '=', projection.name)
      .where('generation', '=', SERVED)
      .select('name')
      .executeTakeFirst();
    if (!known) await create(transaction, projection, SERVED);
  });
  return [servedBy(projection), rebuiltBy(projection)];
}

/** Begins to rebuild from zero, beside the rows that are read. Any running worker of this version does it. */
export async function rebuild(database: Database, projection: Projection): Promise<Consumer> {
  const { schema } = schemaAndTable(projection.place);
  await locked(database, schema, (transaction) => create(transaction, projection, REBUILT));
  return rebuiltBy(projection);
}

/** On an empty log nothing is to be caught up with, so queries may be answered before the first worker runs. */
export async function serveEmpty(database: Database, projections: readonly Projection[]): Promise<void> {
  await database
    .of<ConsumerTables>()
    .updateTable('platform.consumer')
    .set({ status: 'serving' })
    .where('name', 'in', namesOf(projections))
    .where('generation', '=', SERVED)
    .execute();
}

/** The projections of this code whose rows are not whole yet: what they show is a part of what there is. */
export async function catchingUp(database: Database, projections: readonly Projection[]): Promise<string[]> {
  if (!projections.length) return [];
  const serving = await database
    .of<ConsumerTables>()
    .selectFrom('platform.consumer')
    .select('name')
    .where('name', 'in', namesOf(projections))
    .where('generation', '=', SERVED)
    .where('status', '=', 'serving')
    .execute();
  const names = new Set(serving.map(({ name }) => name));
  return namesOf(projections).filter((name) => !names.has(name));
}

/** Takes away the rows of a version whose code is gone, and its checkpoint. @param name of the checkpoint */
export async function removeRows(database: Database, name: string): Promise<void> {
  const { schema, table } = schemaAndTableOf(name);
  await locked(database, schema, async (transaction) => {
    for (const one of [schema, `${schema}_next`]) {
      await sql`DROP TABLE IF EXISTS ${sql.id(one, table)}`.execute(transaction);
      const { rows } = await sql`SELECT FROM pg_namespace n WHERE nspname = ${one}
        AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid)`.execute(transaction);
      if (rows.length) await sql`DROP SCHEMA ${sql.id(one)}`.execute(transaction);
    }
    await transaction.deleteFrom('platform.consumer').where('name', '=', name).execute();
  });
}

async function create(transaction: ConsumerTransaction, projection: Projection, generation: number): Promise<void> {
  const { schema, table } = placeOf(projection, generation);
  await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(schema)}`.execute(transaction);
  await sql`DROP TABLE IF EXISTS ${sql.id(schema, table)}`.execute(transaction);
  await sql`SET LOCAL search_path = ${sql.id(schema)}`.execute(transaction);
  await sql.raw(projection.ddl).execute(transaction);
  await sql`SET LOCAL search_path = DEFAULT`.execute(transaction);
  await rowOf(transaction.deleteFrom('platform.consumer'), projection, generation).execute();
  const version = Number(projection.name.split('@')[1]);
  await sql`INSERT INTO platform.consumer (name, generation, version, status)
    VALUES (${projection.name}, ${generation}, ${version}, 'building')`.execute(transaction);
}

function servedBy(projection: Projection): Consumer {
  return {
    ...applying(projection, SERVED),
    announced: true,
    caughtUp: async (transaction, status) => {
      if (status === 'serving') return;
      await rowOf(
        transaction.updateTable('platform.consumer').set({ status: 'serving' }),
        projection,
        SERVED,
      ).execute();
    },
  };
}

function rebuiltBy(projection: Projection): Consumer {
  return {
    ...applying(projection, REBUILT),
    lookEveryMs: LOOK_FOR_REBUILD_MS,
    caughtUp: (transaction) => takeOver(transaction, projection),
  };
}

function applying(projection: Projection, generation: number) {
  const { schema } = placeOf(projection, generation);
  return {
    name: projection.name,
    generation,
    handles: Object.keys(projection.on),
    pageSize: PAGE_SIZE,
    handle: (events: readonly RecordedEvent[], transaction: ConsumerTransaction) =>
      projection.apply(events, transaction.withSchema(schema), schema),
  };
}

/** Puts the rebuilt rows in the place of the others, unless those have been told more meanwhile: then with the next page. */
async function takeOver(transaction: ConsumerTransaction, projection: Projection): Promise<void> {
  const rebuilt = rowOf(transaction.selectFrom('platform.consumer').select('position'), projection, REBUILT);
  const served = rowOf(transaction.selectFrom('platform.consumer').select('position'), projection, SERVED);
  const { position } = await rebuilt.executeTakeFirstOrThrow();
  const before = await served.forUpdate().executeTakeFirstOrThrow();
  if (before.position > position) return;
  const [from, to] = [placeOf(projection, REBUILT), placeOf(projection, SERVED)];
  await sql`DROP TABLE ${sql.id(to.schema, to.table)}`.execute(transaction);
  await sql`ALTER TABLE ${sql.id(from.schema, from.table)} SET SCHEMA ${sql.id(to.schema)}`.execute(transaction);
  await rowOf(
    transaction.updateTable('platform.consumer').set((eb) => ({
      ...{ position, status: 'serving' as const, parked_at: null, parked_why: null },
      fence: eb('fence', '+', 1), // whoever applied to the old rows reads their place anew
    })),
    projection,
    SERVED,
  ).execute();
  await rowOf(transaction.deleteFrom('platform.consumer'), projection, REBUILT).execute();
}

function placeOf(projection: Projection, generation: number) {
  const { schema, table } = schemaAndTable(projection.place);
  return { schema: generation === SERVED ? schema : `${schema}_next`, table };
}

function rowOf<Q extends { where(column: 'name' | 'generation', operator: '=', value: string | number): Q }>(
  query: Q,
  { name }: Projection,
  generation: number,
): Q {
  return query.where('name', '=', name).where('generation', '=', generation);
}

const namesOf = (projections: readonly Projection[]): string[] => projections.map(({ name }) => name);

/** In a transaction under the schema's lock: several projections share it, and many processes may start at once. */
async function locked(
  database: Database,
  schema: string,
  work: (transaction: ConsumerTransaction) => Promise<void>,
): Promise<void> {
  await database.longTransaction<ConsumerTables, void>(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${schema}, 7317))`.execute(transaction);
    await work(transaction);
  });
}
