import type { DomainEvent } from './event.js';

/** `context.fact.vN`: what another context may rely on, whatever becomes of the private event behind it. */
export type PublishedName = `${string}.${string}.v${number}`;

/**
 * What one context tells the others of itself, declared in its `contract.ts`. Nothing of it is stored: the owner
 * translates its private events whenever they are read.
 */
export interface PublishedEvents<Event extends DomainEvent<PublishedName>> {
  /** The first part of each name. */
  readonly context: string;
  /** Only for the compiler; never there. */
  readonly says?: Event;
}
