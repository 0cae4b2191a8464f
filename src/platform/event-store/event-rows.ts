import type { Pool } from 'pg';
import type { EventMetadata } from '#kernel/event.js';
import type { NewEvent, RecordedEvent, SealedPart } from './event-store.js';
import { canonicalJson } from './canonical-json.js';
import { attachSealed, digestText, sealedColumns, type Sealable, type SealedDigest } from './sealed-parts.js';

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
];

/** Selects an {@link EventRow} from `l` (es.log), `e` (es.event) and `s` (es.stream). */
export const EVENT_COLUMNS = `coalesce(l.position, -1) AS position, s.stream_id, e.version, e.event_id, e.type,
  e.schema_version, (extract(epoch FROM e.at) * 1000)::bigint AS at, e.data, e.meta, e.pii`;

/** The arguments of `es.append` that describe the events, column by column. */
export function appendArguments(events: readonly NewEvent[]): unknown[] {
  const sealed = sealedColumns(events);
  return [
    events.map((event) => event.eventId),
    events.map((event) => event.type),
    events.map((event) => event.schemaVersion),
    events.map((event) => event.at.toISOString()),
    events.map((event) => canonicalJson(event.data)),
    events.map((event) => canonicalJson(event.meta)),
    events.map((event) => digestText(event.sealed)),
    sealed.eventIds,
    sealed.digests,
    sealed.subjects,
    sealed.blobs,
  ];
}

/** Turns rows into events, with the sealed parts that are left. */
export async function toRecordedEvents(pool: Pool, rows: readonly EventRow[]): Promise<RecordedEvent[]> {
  const withSealed = new Map<Sealable, readonly SealedDigest[]>();
  const events = rows.map((row) => {
    const event = toRecordedEvent(row);
    if (row[9] !== '[]') withSealed.set(event, JSON.parse(row[9]) as SealedDigest[]);
    return event;
  });
  await attachSealed(pool, withSealed);
  return events;
}

function toRecordedEvent(row: EventRow): Omit<RecordedEvent, 'sealed'> & { sealed: readonly SealedPart[] } {
  return {
    position: BigInt(row[0]),
    stream: row[1],
    version: Number(row[2]),
    eventId: row[3],
    type: row[4],
    schemaVersion: row[5],
    at: new Date(Number(row[6])),
    data: JSON.parse(row[7]) as Record<string, unknown>,
    meta: JSON.parse(row[8]) as EventMetadata,
    sealed: [],
  };
}
