import type { Kysely } from 'kysely';
import type { Status } from '#platform/consumers/consumer.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** How one event changes a projection's rows. `rows` is already bound to the schema being built, so table names stand alone. */
export type Apply<Tables> = (event: RecordedEvent, rows: Kysely<Tables>) => Promise<void>;

/** Turns events into rows that queries read. Its tables belong to it alone and can be rebuilt from the log at any time. */
export interface Projection<Tables = any> {
  /** `<schema>.<what>`, unique. */
  readonly name: `${string}.${string}`;
  /** Raised whenever the tables or what is written changes: the next start builds the new version beside the old one. */
  readonly version: number;
  readonly tables: readonly (keyof Tables & string)[];
  /** `CREATE TABLE …; CREATE INDEX …` with unqualified names. */
  readonly ddl: string;
  readonly on: Readonly<Record<string, Apply<Tables>>>;
}

export function schemaOf(projection: Projection): string {
  return projection.name.slice(0, projection.name.indexOf('.'));
}

/** Where a generation is built while the old one serves. */
export function buildSchemaOf(projection: Projection): string {
  return `${schemaOf(projection)}_next`;
}

export function schemaFor(projection: Projection, status: Status): string {
  return status === 'serving' ? schemaOf(projection) : buildSchemaOf(projection);
}
