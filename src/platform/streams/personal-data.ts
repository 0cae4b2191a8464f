import type { RecordedEvent, SealedPart } from '#platform/event-store/event-store.js';
import { SubjectErased, type KeyRing } from '#platform/key-ring/key-ring.js';

/** A sealed part together with what its seal is bound to, as projections keep it (`text` in a row). */
export interface SealedFields {
  readonly event: string;
  readonly subject: string;
  readonly type: string;
  readonly blob: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Seals the personal fields of an event with the subject's key, bound to the event they belong to. */
export async function sealFields(
  keys: KeyRing,
  subject: string,
  eventId: string,
  type: string,
  fields: Fields,
): Promise<SealedPart> {
  const plaintext = Buffer.from(JSON.stringify(fields), 'utf8');
  return { subject, blob: await keys.seal(subject, plaintext, boundTo(eventId, subject, type)) };
}

/** What a projection copies into its row: still sealed, so that Postgres never sees the words. Null when there was nothing personal. */
export function sealedFieldsOf(event: Pick<RecordedEvent, 'eventId' | 'type' | 'sealed'>): string | null {
  const part = event.sealed[0];
  if (!part?.blob) return null;
  const sealed: SealedFields = {
    event: event.eventId,
    subject: part.subject,
    type: event.type,
    blob: part.blob.toString('base64'),
  };
  return JSON.stringify(sealed);
}

/** Has the keys at hand that {@link openSealedFields} will need for these rows, by one statement. */
export function preloadKeys(keys: KeyRing, rows: readonly (string | null)[]): Promise<void> {
  const subjects = rows.filter((row) => row !== null).map((row) => (JSON.parse(row) as SealedFields).subject);
  return keys.preload(subjects);
}

/** Opens what {@link sealedFieldsOf} kept; empty when there was nothing, or when the subject has been erased. */
export async function openSealedFields<T extends Fields>(keys: KeyRing, row: string | null): Promise<Partial<T>> {
  if (!row) return {};
  const { event, subject, type, blob } = JSON.parse(row) as SealedFields;
  return openFields<T>(keys, subject, event, type, Buffer.from(blob, 'base64'));
}

export async function openFields<T extends Fields>(
  keys: KeyRing,
  subject: string,
  eventId: string,
  type: string,
  blob: Buffer,
): Promise<Partial<T>> {
  try {
    return JSON.parse((await keys.open(subject, blob, boundTo(eventId, subject, type))).toString('utf8')) as T;
  } catch (error) {
    if (error instanceof SubjectErased) return {};
    throw error;
  }
}

function boundTo(event: string, subject: string, type: string): string {
  return JSON.stringify({ event, subject, type });
}
