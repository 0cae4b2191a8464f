import type { DomainEvent } from './event.js';

type PersonalFields<Event extends DomainEvent> = {
  readonly [Type in Event['type']]?: readonly (keyof Extract<Event, { type: Type }>['data'] & string)[];
};

/**
 * Makes the data of one version into the next version's. It sees only what is not sealed, since most readers see no
 * more: what is personal keeps its name from version to version.
 */
export type Upcast = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * One kind of stream: its name, how its state grows from its events, and which fields are about a person.
 * Streams are named `<category>-<id>`.
 */
export interface StreamDefinition<State, Event extends DomainEvent> {
  /** Lower case with underscores, unique in the whole system. */
  readonly category: string;
  readonly initial: State;
  /**
   * Fields sealed with the stream's own key (the stream's id is the subject). After erasure they are absent,
   * so `evolve` must not need them and their types allow `undefined`.
   */
  readonly personal?: PersonalFields<Event>;
  /** Schema version written with each type; 1 where absent. */
  readonly schemaVersions?: { readonly [Type in Event['type']]?: number };
  /** The way up from each older version of a type, by the version it starts from. What was stored is never edited. */
  readonly upcasts?: { readonly [Type in Event['type']]?: Readonly<Record<number, Upcast>> };
  evolve(state: State, event: Event): State;
}

/** The full name of a stream. */
export function streamName(definition: { readonly category: string }, id: string): string {
  return `${definition.category}-${id}`;
}

/** The category of a stream's full name. */
export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}
