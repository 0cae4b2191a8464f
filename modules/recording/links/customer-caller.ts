import type { Caller } from '#platform/http/caller.js';

/** Whoever holds a link's capability; not a known person. Their request stands for them: it is their `id` too. */
export interface CustomerCaller extends Caller {
  readonly kind: 'customer';
  readonly requestId: string;
  /** Which of the request's links let them in. */
  readonly link: number;
}

/** The holder of a link. The access guard lets nobody else into a route declared `customer`. */
export function customerOf(caller: Caller): CustomerCaller {
  if (caller.kind !== 'customer') throw new Error(`A customer's route was reached by a ${caller.kind}`);
  return caller as CustomerCaller;
}
