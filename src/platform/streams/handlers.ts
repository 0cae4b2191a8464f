import { lifted, type DomainEvent } from '#kernel/event.js';
import type { PublishedEvents, PublishedName } from '#kernel/published.js';
import type { StreamDefinition } from '#kernel/stream.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { lift, type EventOf, type LiftedEvent } from './lift.js';

/** Whose events are handled: a context's own stream, or what a context publishes. */
export type Source = StreamDefinition<any, any> | PublishedEvents<any>;

/** What a reader does with one type of event. It takes the event as it was stored and lifts it itself. */
export interface Handler<Args extends readonly unknown[], Result> {
  (event: RecordedEvent, ...args: Args): Result;
  readonly source: Source;
}

/**
 * By the event's type, or by the published name until the composition has joined that with its translation. Only
 * {@link handlersOf} and {@link subscriptionsTo} make them, so that nobody reads an event past the seam.
 */
export type Handlers<Args extends readonly unknown[], Result> = Readonly<Record<string, Handler<Args, Result>>>;

/** A function for each type of event that is wanted, typed by the event. */
export type TypedHandlers<E extends DomainEvent, Args extends readonly unknown[], Result> = {
  readonly [Type in E['type']]?: (event: EventOf<E, Type>, ...args: Args) => Result;
};

/** What a reader does with the events of one of its own context's streams. */
export function handlersOf<S, E extends DomainEvent, Args extends readonly unknown[], Result>(
  stream: StreamDefinition<S, E>,
  handlers: TypedHandlers<E, Args, Result>,
): Handlers<Args, Result> {
  type Handle = (event: LiftedEvent<E>, ...args: Args) => Result;
  return eachOf<Handle, Handler<Args, Result>>(handlers, (handle) =>
    Object.assign((event: RecordedEvent, ...args: Args) => handle(lift(stream, event), ...args), { source: stream }),
  );
}

/** What a reader does with what another context publishes. */
export function subscriptionsTo<E extends DomainEvent<PublishedName>, Args extends readonly unknown[], Result>(
  published: PublishedEvents<E>,
  handlers: TypedHandlers<E, Args, Result>,
): Handlers<Args, Result> {
  type Handle = (event: RecordedEvent, ...args: Args) => Result;
  return eachOf<Handle, Handler<Args, Result>>(handlers, (handle, name) => {
    const checked = (event: RecordedEvent, ...args: Args) => {
      if (event.type !== name) throw new Error(`${event.type} was not translated into ${name}`);
      return handle({ ...event, meta: lifted(event.meta) }, ...args);
    };
    return Object.assign(checked, { source: published });
  });
}

/** Joins the handlers of several sources. Types of events are unique across contexts. */
export function joined<Args extends readonly unknown[], Result>(
  ...parts: readonly Handlers<Args, Result>[]
): Handlers<Args, Result> {
  return Object.assign({}, ...parts) as Handlers<Args, Result>;
}

/** Goes on from what handlers make of their events. */
export function mapped<Args extends readonly unknown[], Made, Result>(
  handlers: Handlers<Args, Made>,
  next: (made: Made) => Result,
): Handlers<Args, Result> {
  return eachOf<Handler<Args, Made>, Handler<Args, Result>>(handlers, (handle) =>
    Object.assign((event: RecordedEvent, ...args: Args) => next(handle(event, ...args)), { source: handle.source }),
  );
}

function eachOf<From, To>(handlers: object, make: (handle: From, name: string) => To): Record<string, To> {
  const entries = Object.entries<From | undefined>(handlers as Record<string, From>);
  return Object.fromEntries(entries.flatMap(([name, handle]) => (handle ? [[name, make(handle, name)]] : [])));
}
