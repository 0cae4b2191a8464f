import { lifted, type DomainEvent, type EventMetadata } from '#kernel/event.js';
import { categoryOf, type StreamDefinition } from '#kernel/stream.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** An event as its stream's definition knows it today, whatever version was stored. What is personal is still sealed. */
export type LiftedEvent<E extends DomainEvent> = E extends DomainEvent
  ? Omit<RecordedEvent, 'type' | 'data' | 'meta'> & Pick<E, 'type' | 'data'> & { readonly meta: EventMetadata }
  : never;

/** The event of one type among a stream's. */
export type EventOf<E extends DomainEvent, Type extends E['type']> = LiftedEvent<Extract<E, { type: Type }>>;

/** Any event that says this. */
export type EventWith<Data> = Omit<RecordedEvent, 'data' | 'meta'> & {
  readonly data: Data;
  readonly meta: EventMetadata;
};

/** Newer code wrote this. What it means must not be guessed: whoever reads it stops. */
export class EventTooNew extends Error {
  override readonly name = 'EventTooNew';

  constructor({ type, schemaVersion }: RecordedEvent, known: number) {
    super(`${type} has schema version ${schemaVersion}, and this program knows versions up to ${known}`);
  }
}

/**
 * The one seam between what was stored and what is known: every reader's events pass here, those of commands and those
 * of consumers.
 * @throws EventTooNew; Error when it is another stream's event, or when there is no way up from its version
 */
export function lift<S, E extends DomainEvent>(
  definition: StreamDefinition<S, E>,
  event: RecordedEvent,
): LiftedEvent<E> {
  if (!isOf(definition, event)) throw new Error(`${event.type} of ${event.stream} is none of ${definition.category}`);
  const type = event.type as E['type'];
  const known = definition.schemaVersions?.[type] ?? 1;
  if (event.schemaVersion > known) throw new EventTooNew(event, known);
  let data = event.data;
  for (let version = event.schemaVersion; version < known; version++) {
    const upcast = definition.upcasts?.[type]?.[version];
    if (!upcast) throw new Error(`There is no way up from version ${version} of ${type}`);
    data = upcast(data);
  }
  return { ...event, schemaVersion: known, data, meta: lifted(event.meta) } as unknown as LiftedEvent<E>;
}

export function isOf(definition: { readonly category: string }, event: RecordedEvent): boolean {
  return categoryOf(event.stream) === definition.category;
}
