import type { DomainEvent } from '#kernel/event.js';
import type { PublishedEvents, PublishedName } from '#kernel/published.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Processor } from '#platform/jobs/job.js';
import type { Projection } from '#platform/projections/projection.js';
import type { Handler, Handlers } from '#platform/streams/handlers.js';

/** How a context's private events become what it publishes, by the published name. */
export interface Publications {
  readonly context: string;
  readonly translations: Readonly<Record<string, Handlers<[], object>>>;
}

/** The owner's side: for each name that its contract declares, the private events behind it and what they say there. */
export function publicationsOf<E extends DomainEvent<PublishedName>>(
  { context }: PublishedEvents<E>,
  translations: { readonly [Name in E['type']]: Handlers<[], Extract<E, { type: Name }>['data']> },
): Publications {
  return { context, translations };
}

/** A type of event as it is stored, under the name that a reader handles it by, and how it becomes that. */
export interface Reading {
  readonly name: string;
  readonly translate: (event: RecordedEvent) => RecordedEvent;
}

export type Readings = ReadonlyMap<string, Reading>;

/** For readers of the log that are neither a projection nor a processor. */
export class Subscriptions {
  constructor(private readonly publications: readonly Publications[]) {}

  /** By the type that is stored. @param on handlers of own events and of published ones. @throws Error when nobody publishes one */
  readings(on: object): Readings {
    return readingsOf(on, this.publications);
  }
}

/** A projection that is given what it subscribed to. @throws Error when nobody publishes that */
export function subscribedProjection(projection: Projection, publications: readonly Publications[]): Projection {
  const readings = readingsOf(projection.on, publications);
  return {
    ...projection,
    on: Object.fromEntries([...readings].map(([type, { name }]) => [type, projection.on[name]])),
    apply: (events, rows, schema) =>
      projection.apply(
        events.map((event) => readings.get(event.type)!.translate(event)),
        rows,
        schema,
      ),
  };
}

/** A processor that is given what it subscribed to. @throws Error when nobody publishes that */
export function subscribedProcessor<P extends Processor<any>>(processor: P, publications: readonly Publications[]): P {
  const handlers = [...readingsOf(processor.on, publications)].map(([type, { name, translate }]) => {
    const handle = processor.on[name]!;
    return [type, Object.assign((event: RecordedEvent) => handle(translate(event)), { source: handle.source })];
  });
  return { ...processor, on: Object.fromEntries(handlers) as P['on'] };
}

function readingsOf(on: object, publications: readonly Publications[]): Readings {
  const translations = Object.assign(
    {},
    ...publications.map((one) => one.translations),
  ) as Publications['translations'];
  const readings = new Map<string, Reading>();
  for (const [name, { source }] of Object.entries(on as Handlers<[], unknown>))
    for (const [type, translate] of 'category' in source ? [[name, asIs] as const] : behind(name, translations)) {
      if (readings.has(type)) throw new Error(`${type} is handled twice: once as ${name}`);
      readings.set(type, { name, translate });
    }
  return readings;
}

const asIs = (event: RecordedEvent): RecordedEvent => event;

function behind(name: string, translations: Publications['translations']) {
  const handlers = translations[name];
  if (!handlers) throw new Error(`Nobody publishes ${name}`);
  return Object.entries(handlers).map(([type, handler]) => [type, publishing(name, handler)] as const);
}

/** What is sealed is not handed on: who may see it asks the owner. */
function publishing(name: string, handler: Handler<[], object>): Reading['translate'] {
  const schemaVersion = Number(name.slice(name.lastIndexOf('.v') + 2));
  return (event) => ({ ...event, type: name, schemaVersion, data: { ...handler(event) }, sealed: [] });
}
