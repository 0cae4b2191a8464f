import type { StoredMetadata as Meta } from '#kernel/event.js';
import { canonicalJson } from './canonical-json.js';
import type { NewEvent, RecordedEvent, RecordedPart } from './event-store.js';
import type { Message, StoredRecord } from './eventstoredb-client.js';
import { digestsOf, type Sealable, type SealedDigest } from './sealed-parts.js';

/** What is written as metadata: ours, and what EventStoreDB has no place for. */
interface StoredMetadata {
  readonly meta: Meta;
  readonly schemaVersion: number;
  readonly at: string;
  readonly pii: readonly SealedDigest[];
}

/** An event whose sealed parts are yet to be looked up. */
export interface Openable {
  readonly recorded: Omit<RecordedEvent, 'sealed'> & Sealable;
  readonly digests: readonly SealedDigest[];
}

export function toMessage({ eventId, type, schemaVersion, at, data, meta, sealed }: NewEvent): Message {
  const metadata = { meta, schemaVersion, at: at.toISOString(), pii: digestsOf(sealed) } satisfies StoredMetadata;
  const canonical = (value: unknown) => JSON.parse(canonicalJson(value)) as Record<string, unknown>;
  return { id: eventId, type, data: canonical(data), metadata: canonical(metadata) };
}

/** Whether this program wrote it. $all also holds the server's own events, and may hold those of other applications. */
export function isOurs({ type, data, metadata }: StoredRecord): boolean {
  if (type.startsWith('$') || typeof data !== 'object' || typeof metadata !== 'object' || metadata === null)
    return false;
  const { meta, schemaVersion, at, pii } = metadata as Partial<Record<keyof StoredMetadata, unknown>>;
  const isDigest = (each: unknown) => Array.isArray(each) && each.every((part) => typeof part === 'string');
  return (
    typeof meta === 'object' &&
    Number.isInteger(schemaVersion) &&
    !Number.isNaN(Date.parse(String(at))) &&
    Array.isArray(pii) &&
    pii.every(isDigest)
  );
}

/** @throws Error for what this program never wrote: somebody else appended to one of its streams */
export function toOpenable(record: StoredRecord, stream: string): Openable {
  if (!isOurs(record))
    throw new Error(`What stands in ${stream} at ${record.revision} was not written by this program`);
  const { meta, schemaVersion, at, pii } = record.metadata as StoredMetadata;
  const recorded = {
    position: record.position,
    stream,
    version: record.revision,
    eventId: record.id,
    type: record.type,
    schemaVersion,
    at: new Date(at),
    data: record.data as Record<string, unknown>,
    meta,
    sealed: [] as readonly RecordedPart[],
  };
  return { recorded, digests: pii };
}
