import type { Caller, CustomerCaller } from './caller.js';

/** The holder of a link. The access guard lets nobody else into a route declared `customer`. */
export function customerOf(caller: Caller): CustomerCaller {
  if (caller.kind !== 'customer') throw new Error(`A customer's route was reached by a ${caller.kind}`);
  return caller;
}
