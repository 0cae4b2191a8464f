import { sql } from 'kysely';
import type { Consumer, ConsumerTables, ConsumerTransaction, Status } from '#platform/consumers/consumer.js';
import type { Database } from '#platform/database/database.js';
import { buildSchemaOf, schemaFor, schemaOf, type Projection } from './projection.js';

/** Large enough that reading and writing at once pays when much is to be caught up with. */
const PAGE_SIZE = 5000;

/**
 * Makes sure a projection has tables and a checkpoint, and returns its generations as consumers. A raised version is
 * built from zero in `<schema>_next` while the old rows serve; when it has caught up, it takes their place in one
 * transaction.
 */
export async function prepareGenerations(database: Database, projection: Projection): Promise<Consumer[]> {
  return database
    .of<ConsumerTables>()
    .transaction()
    .execute(async (transaction) => {
      await lockName(transaction, projection.name);
      const serving = await generationWith(transaction, projection, 'serving');
      if (!serving) return [await create(transaction, projection, 1, 'serving')];
      if (serving.version > projection.version) return [];
      const building = await generationWith(transaction, projection, 'building');
      if (serving.version === projection.version) {
        const served = consumerOf(projection, serving.generation);
        return building ? [served, consumerOf(projection, building.generation)] : [served];
      }
      if (building?.version === projection.version) return [consumerOf(projection, building.generation)];
      return [await create(transaction, projection, serving.generation + 1, 'building')];
    });
}

/** Begins to rebuild from zero beside the serving rows, as an operator may ask after a repair. The next start (or the caller) runs it. */
export async function rebuild(database: Database, projection: Projection): Promise<Consumer> {
  return database
    .of<ConsumerTables>()
    .transaction()
    .execute(async (transaction) => {
      await lockName(transaction, projection.name);
      const serving = await generationWith(transaction, projection, 'serving');
      return create(transaction, projection, (serving?.generation ?? 0) + 1, serving ? 'building' : 'serving');
    });
}

async function create(transaction: ConsumerTransaction, projection: Projection, generation: number, status: Status) {
  const schema = schemaFor(projection, status);
  await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(schema)}`.execute(transaction);
  await dropTables(transaction, projection, schema);
  await sql`SET LOCAL search_path = ${sql.id(schema)}`.execute(transaction);
  await sql.raw(projection.ddl).execute(transaction);
  await sql`SET LOCAL search_path = DEFAULT`.execute(transaction);
  await transaction
    .deleteFrom('platform.consumer')
    .where('name', '=', projection.name)
    .where('status', '=', status)
    .execute();
  await sql`INSERT INTO platform.consumer (name, generation, version, status)
    VALUES (${projection.name}, ${generation}, ${projection.version}, ${status})`.execute(transaction);
  return consumerOf(projection, generation);
}

function consumerOf(projection: Projection, generation: number): Consumer {
  return {
    name: projection.name,
    generation,
    handles: Object.keys(projection.on),
    pageSize: PAGE_SIZE,
    handle: (events, transaction, status) =>
      projection.apply(events, transaction.withSchema(schemaFor(projection, status))),
    caughtUp: async (transaction, status) => {
      if (status === 'building') await takeOver(transaction, projection, generation);
    },
  };
}

async function takeOver(transaction: ConsumerTransaction, projection: Projection, generation: number): Promise<void> {
  const [from, to] = [buildSchemaOf(projection), schemaOf(projection)];
  await dropTables(transaction, projection, to);
  for (const table of projection.tables)
    await sql`ALTER TABLE ${sql.id(from, table)} SET SCHEMA ${sql.id(to)}`.execute(transaction);
  const generations = transaction.deleteFrom('platform.consumer').where('name', '=', projection.name);
  await generations.where('generation', '<', generation).execute();
  await transaction
    .updateTable('platform.consumer')
    .set({ status: 'serving' })
    .where('name', '=', projection.name)
    .where('generation', '=', generation)
    .execute();
}

async function dropTables(transaction: ConsumerTransaction, projection: Projection, schema: string): Promise<void> {
  for (const table of projection.tables) await sql`DROP TABLE IF EXISTS ${sql.id(schema, table)}`.execute(transaction);
}

function generationWith(transaction: ConsumerTransaction, projection: Projection, status: Status) {
  return transaction
    .selectFrom('platform.consumer')
    .select(['generation', 'version'])
    .where('name', '=', projection.name)
    .where('status', '=', status)
    .executeTakeFirst();
}

async function lockName(transaction: ConsumerTransaction, name: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 7317))`.execute(transaction);
}
