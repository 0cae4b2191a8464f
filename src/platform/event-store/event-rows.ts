import type { StoredMetadata } from '#kernel/event.js';
import type { RecordedEvent } from './event-store.js';
import { SEALED_COLUMN, sealedOf } from './sealed-parts.js';

/** One event as SQL answers it: an array, because naming ten columns for each of 100k rows is what a replay would spend its time on. */
export type EventRow = [
  position: string,
  stream: string,
  version: string,
  eventId: string,
  type: string,
  schemaVersion: number,
  atMs: string,
  data: string,
  meta: string,
  pii: string,
  sealed: string | null,
];

/** Selects an {@link EventRow}, but for its position, from `e` (es.event). */
export const EVENT_COLUMNS = `e.stream, e.version, e.event_id, e.type, e.schema_version,
  (extract(epoch FROM e.at) * 1000)::bigint AS at, e.data, e.meta, e.pii, ${SEALED_COLUMN}`;

/** Joins `l` (es.log): the run of the log that holds `e`, if it is in the log yet. Its position is {@link POSITION}. */
export const LOG_OF_EVENT = `LEFT JOIN LATERAL (
    SELECT l.position, l.seq FROM (SELECT * FROM es.log WHERE seq <= e.seq ORDER BY seq DESC LIMIT 1) l
     WHERE e.seq < l.seq + l.length) l ON true`;
export const POSITION = 'l.position + e.seq - l.seq';

/** Turns a row into an event, with the sealed parts that are left. */
export function toRecordedEvent(row: EventRow): RecordedEvent {
  return {
    position: BigInt(row[0]),
    stream: row[1],
    version: Number(row[2]),
    eventId: row[3],
    type: row[4],
    schemaVersion: row[5],
    at: new Date(Number(row[6])),
    data: JSON.parse(row[7]) as Record<string, unknown>,
    meta: JSON.parse(row[8]) as StoredMetadata,
    sealed: sealedOf(row[9], row[10]),
  };
}
