import type { QueryConfig } from 'pg';
import { assertNotTooLarge } from './append-rules.js';
import { canonicalJson } from './canonical-json.js';
import type { NewEvent } from './event-store.js';
import { digestText, sealedColumns } from './sealed-parts.js';

const TYPES = ['uuid', 'text', 'smallint', 'timestamptz', 'text', 'text', 'text'];
/** The parameters before the events: stream and expected version. */
const LEADING = 2;
/** Longest append whose events are written out as VALUES, the fastest form; each length is a prepared statement of its own. */
const MOST_VALUES = 16;

/** Of the stream's versions, committed ones are seen; those of a transaction that is still open meet the unique index. */
const AT_EXPECTED = `coalesce((SELECT max(version) FROM es.event WHERE stream = $1), -1) = $2::bigint`;

/**
 * The statement that appends events to a stream whose last version is `expected` (-1: which does not exist). When it is
 * another it affects no row, or breaks the constraint `event_version` if a rival commits at the same moment.
 *
 * Its condition is evaluated before any event draws its number: so the transaction has its id by then, which es.sequence
 * relies on, and has seen the previous version committed, which gives it the lower number.
 */
export function appendStatement(stream: string, expected: number, events: readonly NewEvent[]): QueryConfig {
  const sealed = sealedColumns(events);
  const rows = events.map(columnsOf);
  assertNotTooLarge(rows.map(([, type, , , data, meta, digests]) => `${type}${data}${meta}${digests}`));
  const few = events.length <= MOST_VALUES;
  const values: unknown[] = [stream, expected];
  values.push(...(few ? rows.flat() : TYPES.map((_, column) => rows.map((row) => row[column]))));
  const from = values.length;
  const withSealed = sealed.blobs.length > 0;
  if (withSealed) values.push(sealed.eventIds, sealed.digests, sealed.subjects, sealed.blobs);
  const text = `${withSealed ? insertSealed(from) : ''}
    INSERT INTO es.event (stream, version, event_id, type, schema_version, at, data, meta, pii)
    SELECT $1, $2::bigint + x.ord, x.id, x.type, x.schema_version, x.at, x.data, x.meta, x.pii
      FROM ${few ? eventValues(events.length) : EVENT_ARRAYS}
     WHERE pg_current_xact_id() IS NOT NULL AND ${AT_EXPECTED}`;
  return { name: `es.append.${few ? events.length : 'many'}${withSealed ? '.sealed' : ''}`, text, values };
}

function columnsOf(event: NewEvent) {
  const { eventId, type, schemaVersion, at, data, meta, sealed } = event;
  return [
    eventId,
    type,
    schemaVersion,
    at.toISOString(),
    canonicalJson(data),
    canonicalJson(meta),
    digestText(sealed),
  ] as const;
}

const EVENT_ARRAYS = `unnest(${TYPES.map((type, column) => `$${LEADING + column + 1}::${type}[]`).join(', ')})
        WITH ORDINALITY AS x(id, type, schema_version, at, data, meta, pii, ord)`;

function eventValues(count: number): string {
  const parameter = (row: number, column: number) => `$${LEADING + row * TYPES.length + column + 1}::${TYPES[column]}`;
  const row = (n: number) => `(${TYPES.map((_, column) => parameter(n, column)).join(', ')}, ${n + 1})`;
  const rows = Array.from({ length: count }, (_, n) => row(n));
  return `(VALUES ${rows.join(', ')}) AS x(id, type, schema_version, at, data, meta, pii, ord)`;
}

/** Under the same condition and in the same snapshot as the events. */
function insertSealed(from: number): string {
  const arrays = ['uuid', 'bytea', 'text', 'bytea'].map((type, n) => `$${from + n + 1}::${type}[]`).join(', ');
  return `WITH sealed AS (INSERT INTO es.event_pii (event_id, digest, subject, sealed)
      SELECT p.* FROM unnest(${arrays}) AS p WHERE ${AT_EXPECTED})`;
}
