import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Handlers } from '#platform/streams/handlers.js';
import { projectionAt, schemaAndTable, type Projection, type RowsPlace } from './projection.js';

/** A row as its table has it, every column named. */
export interface Keyed {
  readonly id: string;
}

/** What an event does to one row; null stands for no row. Pure, so that a page of events is folded in memory. */
export interface RowChange<Row> {
  readonly id: string;
  readonly fold: (before: Row | null) => Row | null;
}

/** What each type of event does to one of the rows. */
interface KeyedRows<Row> extends Pick<Projection, 'ddl'> {
  readonly on: Handlers<[], RowChange<Row>>;
}

/** Whose `on` also tells which row an event is about. */
export type KeyedProjection<Row> = Projection & KeyedRows<Row>;

/** There is this row now, whatever was there. */
export function put<Row extends Keyed>(row: Row): RowChange<Row> {
  return { id: row.id, fold: () => row };
}

/** Changes the row if it is there. */
export function change<Row extends Keyed>(
  id: string,
  to: Partial<Row> | ((before: Row) => Partial<Row>),
): RowChange<Row> {
  return { id, fold: (before) => before && { ...before, ...(typeof to === 'function' ? to(before) : to) } };
}

export function remove<Row extends Keyed>(id: string): RowChange<Row> {
  return { id, fold: () => null };
}

/**
 * A projection that is a fold of rows: one table with a row per `id`. The rows that a page of events is about are read at
 * once, changed in memory and written at once, so that a rebuild is as quick as the log is read.
 */
export function keyedRows<Row extends Keyed>(place: RowsPlace, { ddl, on }: KeyedRows<Row>): KeyedProjection<Row> {
  const { table: name } = schemaAndTable(place);
  const projection = projectionAt(place, {
    ddl,
    on,
    async apply(events, rows, schema) {
      const table = sql.id(schema, name);
      const changes = events.map((event) => on[event.type]!(event));
      const before = await read<Row>(rows, table, [...new Set(changes.map(({ id }) => id))]);
      const after = new Map<string, Row | null>();
      for (const { id, fold } of changes)
        after.set(id, fold(after.has(id) ? after.get(id)! : (before.get(id) ?? null)));
      await write(rows, table, before, after);
    },
  });
  return { ...projection, on };
}

type Table = RawBuilder<unknown>;

async function read<Row extends Keyed>(
  rows: Kysely<any>,
  table: Table,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const found = await sql<Row>`SELECT * FROM ${table} WHERE id = ANY(${ids})`.execute(rows);
  return new Map(found.rows.map((row) => [row.id, row]));
}

async function write<Row extends Keyed>(
  rows: Kysely<any>,
  table: Table,
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row | null>,
): Promise<void> {
  const there = [...after.values()].filter((row) => row !== null);
  const gone = [...after.keys()].filter((id) => after.get(id) === null && before.has(id));
  if (gone.length) await sql`DELETE FROM ${table} WHERE id = ANY(${gone})`.execute(rows);
  if (!there.length) return;
  const columns = Object.keys(there[0]!);
  const names = sql.join(columns.map((column) => sql.id(column)));
  const excluded = sql.join(columns.map((column) => sql.id('excluded', column)));
  await sql`INSERT INTO ${table} (${names})
    SELECT ${names} FROM json_populate_recordset(NULL::${table}, ${JSON.stringify(there)})
    ON CONFLICT (id) DO UPDATE SET (${names}) = ROW(${excluded})`.execute(rows);
}
