import type { Kysely } from 'kysely';
import type { Status } from '#platform/consumers/consumer.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** Turns events into rows that queries read. Its tables belong to it alone and can be rebuilt from the log at any time. */
export interface Projection {
  /** `<schema>.<what>`, unique. */
  readonly name: `${string}.${string}`;
  /** Raised whenever the tables or what is written changes: the next start builds the new version beside the old one. */
  readonly version: number;
  readonly tables: readonly string[];
  /** `CREATE TABLE …; CREATE INDEX …` with unqualified names. */
  readonly ddl: string;
  /** The types of events that it wants, as keys. */
  readonly on: Readonly<Record<string, unknown>>;
  /**
   * Applies some of the log, in order, in as few statements as it can. `rows` is already bound to the schema being
   * built, so table names stand alone.
   */
  apply(events: readonly RecordedEvent[], rows: Kysely<any>): Promise<void>;
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
