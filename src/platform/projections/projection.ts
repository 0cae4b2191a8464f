import type { Kysely } from 'kysely';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** `<context>_v<version>.<table>`: every version of a projection has its rows in a schema of its own. */
export type RowsPlace = `${string}_v${number}.${string}`;

/** Turns events into rows that queries read. They belong to it alone and can be rebuilt from the log at any time. */
export interface Projection {
  /** `<context>.<table>@<version>`, unique: the name of its checkpoint. */
  readonly name: `${string}.${string}@${number}`;
  /**
   * Where queries find the rows. The version in it is raised whenever the columns change, or what is written to them:
   * the new code then builds and reads its own rows, while processes of the old code go on with theirs.
   */
  readonly place: RowsPlace;
  /** `CREATE TABLE …; CREATE INDEX …` with unqualified names. */
  readonly ddl: string;
  /** The types of events that it wants, as keys. */
  readonly on: Readonly<Record<string, unknown>>;
  /**
   * Applies some of the log, in order, in as few statements as it can.
   * @param rows bound to the schema being built, so that table names stand alone
   * @param schema its name, for statements that are written out
   */
  apply(events: readonly RecordedEvent[], rows: Kysely<any>, schema: string): Promise<void>;
}

/** A projection by its place, which says what it is called. @throws Error when the place has no version */
export function projectionAt(place: RowsPlace, how: Pick<Projection, 'ddl' | 'on' | 'apply'>): Projection {
  const { context, version, table } = partsOf(place);
  return { ...how, place, name: `${context}.${table}@${version}` };
}

/** The schema and the table of a place. */
export function schemaAndTable(place: RowsPlace): { readonly schema: string; readonly table: string } {
  const { context, version, table } = partsOf(place);
  return { schema: `${context}_v${version}`, table };
}

/** Where the rows of a projection lie whose code may be gone; by the name of its checkpoint. */
export function schemaAndTableOf(name: string): { readonly schema: string; readonly table: string } {
  const [, context, table, version] = /^(\w+)\.(\w+)(?:@(\d+))?$/.exec(name) ?? [];
  if (!context || !table) throw new Error(`"${name}" names no projection.`);
  return { schema: version ? `${context}_v${version}` : context, table }; // without one: as it was before there were versions
}

function partsOf(place: RowsPlace) {
  const [, context, version, table] = /^(\w+)_v(\d+)\.(\w+)$/.exec(place) ?? [];
  if (!context || !version || !table) throw new Error(`"${place}" is no place for rows: <context>_v<version>.<table>.`);
  return { context, version: Number(version), table };
}
