import { hash } from 'node:crypto';
import type { Pool } from 'pg';
import { canonicalJson } from './canonical-json.js';
import type { NewEvent, RecordedPart, SealedPart } from './event-store.js';

/** What the immutable part of an event says of its sealed parts, in order: whose, and the blob's SHA-256 in hex. */
export type SealedDigest = readonly [subject: string, sha256: string];

/** Columns of `es.event_pii`, one entry per sealed part. */
export interface SealedColumns {
  readonly eventIds: string[];
  readonly digests: Buffer[];
  readonly subjects: string[];
  readonly blobs: Buffer[];
}

/** An event that was read, whose sealed parts are yet to be looked up. */
export interface Sealable {
  readonly eventId: string;
  sealed: readonly RecordedPart[];
}

export function digestsOf(sealed: readonly SealedPart[]): SealedDigest[] {
  return sealed.map(({ subject, blob }) => [subject, sha256(blob).toString('hex')]);
}

/** The canonical text of the digests, as it is stored and as the leaves of a scope's log quote it. */
export function digestText(sealed: readonly SealedPart[]): string {
  return sealed.length === 0 ? '[]' : canonicalJson(digestsOf(sealed));
}

export function sealedColumns(events: readonly NewEvent[]): SealedColumns {
  const columns: SealedColumns = { eventIds: [], digests: [], subjects: [], blobs: [] };
  for (const { eventId, sealed } of events)
    for (const { subject, blob } of sealed) {
      columns.eventIds.push(eventId);
      columns.digests.push(sha256(blob));
      columns.subjects.push(subject);
      columns.blobs.push(blob);
    }
  return columns;
}

/** Selects the sealed parts that `e` (es.event) has left, as text for {@link sealedOf}; null when it never had any. */
export const SEALED_COLUMN = `CASE WHEN e.pii <> '[]' THEN (
    SELECT json_object_agg(encode(p.digest, 'hex'), encode(p.sealed, 'base64'))::text
      FROM es.event_pii p WHERE p.event_id = e.event_id) END`;

/** The parts that an event's digests name, with the blobs that are left. */
export function sealedOf(pii: string, column: string | null): RecordedPart[] {
  if (pii === '[]') return [];
  const blobs = JSON.parse(column ?? '{}') as Record<string, string>;
  return (JSON.parse(pii) as SealedDigest[]).map(([subject, digest]) => {
    const blob = blobs[digest];
    return { subject, digest, blob: blob === undefined ? null : Buffer.from(blob, 'base64') };
  });
}

/**
 * Gives each event the sealed parts that its digests name. The blobs of erased ones are missing. A second statement is
 * safe: parts arrive together with (or before) their event, and then only ever go.
 */
export async function attachSealed(pool: Pool, events: ReadonlyMap<Sealable, readonly SealedDigest[]>): Promise<void> {
  if (events.size === 0) return;
  const ids = [...events.keys()].map((event) => event.eventId);
  const { rows } = await pool.query<{ event_id: string; digest: Buffer; sealed: Buffer }>({
    name: 'es.sealed',
    text: 'SELECT event_id, digest, sealed FROM es.event_pii WHERE event_id = ANY($1::uuid[])',
    values: [ids],
  });
  const blobs = new Map(rows.map((row) => [`${row.event_id} ${row.digest.toString('hex')}`, row.sealed]));
  for (const [event, digests] of events)
    event.sealed = digests.map(([subject, digest]) => {
      return { subject, digest, blob: blobs.get(`${event.eventId} ${digest}`) ?? null };
    });
}

/** Stores sealed parts ahead of their events. Ones that are there already stay as they are. */
export async function insertSealed(pool: Pool, events: readonly NewEvent[]): Promise<void> {
  const { eventIds, digests, subjects, blobs } = sealedColumns(events);
  if (eventIds.length === 0) return;
  const sql = `INSERT INTO es.event_pii (event_id, digest, subject, sealed)
    SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[]) ON CONFLICT DO NOTHING`;
  await pool.query(sql, [eventIds, digests, subjects, blobs]);
}

export async function countSealed(pool: Pool, subject: string): Promise<number> {
  const text = 'SELECT count(*)::int AS count FROM es.event_pii WHERE subject = $1';
  const { rows } = await pool.query<{ count: number }>(text, [subject]);
  return rows[0]!.count;
}

export async function eraseSealed(pool: Pool, subject: string): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM es.event_pii WHERE subject = $1', [subject]);
  return rowCount ?? 0;
}

function sha256(blob: Buffer): Buffer {
  return hash('sha256', blob, 'buffer');
}
