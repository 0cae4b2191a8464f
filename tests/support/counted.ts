import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';

export type Counted = DomainEvent<'Counted' | 'CountedTwice', { readonly n: number }>;

/** Streams `a-…` of numbers, for suites that care how events are read and not what they say. */
export const counted: StreamDefinition<number, Counted> = {
  category: 'a',
  initial: 0,
  evolve: (sum, { data }) => sum + data.n,
};
