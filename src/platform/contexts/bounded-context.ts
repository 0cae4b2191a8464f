import type { StreamDefinition } from '#kernel/stream.js';
import type { Processor } from '#platform/jobs/job.js';
import type { Projection } from '#platform/projections/projection.js';
import type { Source } from '#platform/streams/handlers.js';
import { subscribedProcessor, subscribedProjection, Subscriptions, type Publications } from './publications.js';

/** What a context brings to the composition besides its module. */
export interface BoundedContext {
  /** Its folder's name, and the first part of the name of all that it publishes. */
  readonly name: string;
  /** The streams that are its own. Nobody else may read them. */
  readonly streams: readonly StreamDefinition<any, any>[];
  readonly projections: readonly Projection[];
  readonly processors: readonly Processor<any>[];
  readonly publications?: Publications;
}

interface Composed extends Pick<BoundedContext, 'projections' | 'processors'> {
  readonly subscriptions: Subscriptions;
}

/**
 * Puts contexts together: from here on, whoever subscribed to a published name gets it from the log.
 * @throws Error when a context reads another's private events, publishes what is not its own to tell, or subscribes to
 * what nobody publishes
 */
export function composed(contexts: readonly BoundedContext[]): Composed {
  for (const context of contexts) checkOwnership(context, contexts);
  const publications = contexts.flatMap((context) => context.publications ?? []);
  return {
    subscriptions: new Subscriptions(publications),
    projections: contexts.flatMap(({ projections }) =>
      projections.map((projection) => subscribedProjection(projection, publications)),
    ),
    processors: contexts.flatMap(({ processors }) =>
      processors.map((processor) => subscribedProcessor(processor, publications)),
    ),
  };
}

function checkOwnership(context: BoundedContext, contexts: readonly BoundedContext[]): void {
  for (const { category } of context.streams) {
    const owners = contexts.filter(({ streams }) => streams.some((stream) => stream.category === category));
    const names = owners.map(({ name }) => name).join(' and ');
    if (owners.length > 1) throw new Error(`${names} both own the streams of category ${category}`);
  }
  for (const { on } of [...context.projections, ...context.processors])
    for (const [type, handler] of Object.entries(on)) checkOwn(type, handler, context);
  if (context.publications) checkPublications(context, context.publications);
}

/** A handler says whose events it takes, and only `handlersOf` and `subscriptionsTo` make handlers that say so. */
function checkOwn(type: string, handler: unknown, context: BoundedContext): void {
  const { source } = handler as { readonly source?: Source };
  if (!source) throw new Error(`${context.name} handles ${type} without saying whose it is: use handlersOf`);
  if ('category' in source && !context.streams.includes(source))
    throw new Error(`${context.name} reads ${type}, a private event of another context: subscribe to a published one`);
}

function checkPublications(context: BoundedContext, { translations }: Publications): void {
  const own = new RegExp(`^${context.name}\\.[a-z][a-z0-9_]*\\.v[1-9][0-9]*$`);
  for (const [name, handlers] of Object.entries(translations)) {
    if (!own.test(name))
      throw new Error(`${context.name} can't publish ${name}: its names are ${context.name}.fact.vN`);
    for (const [type, handler] of Object.entries(handlers)) checkOwn(type, handler, context);
  }
}
