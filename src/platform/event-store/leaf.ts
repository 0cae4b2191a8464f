import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { RecordedEvent } from './event-store.js';

/**
 * What a scope's log says of an event: canonical JSON (RFC 8785) of digests and names. It is the same whatever store
 * holds the event and whatever else the cell's log holds, so neither a position there nor anything of another scope is in
 * it; and it stays the same when sealed parts are erased, since it quotes their digests.
 */
export function leafEntry(event: RecordedEvent): string {
  return canonicalJson({
    at: event.at.toISOString(),
    data: hash('sha256', canonicalJson(event.data)),
    id: event.eventId,
    meta: hash('sha256', canonicalJson(event.meta)),
    pii: event.sealed.map(({ subject, digest }) => [subject, digest]),
    stream: event.stream,
    type: event.type,
    v: event.schemaVersion,
    version: String(event.version),
  });
}

/** The entry as a leaf of a Merkle tree (RFC 6962): SHA-256 of 0x00 and the entry. */
export function leafHash(event: RecordedEvent): Buffer {
  return hash('sha256', `\0${leafEntry(event)}`, 'buffer');
}
