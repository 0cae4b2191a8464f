import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { inOwnTime } from './answer-deadline.js';

interface Transaction {
  readonly pool: pg.Pool;
  open: boolean;
}

const within = new AsyncLocalStorage<Transaction>();

/**
 * Whoever holds a connection waits for a second one of the same pool: as many of them at once as the pool has
 * connections, and all wait for each other. It is our mistake: do it before or after, or on the transaction.
 */
export class NestedCheckOut extends Error {
  constructor() {
    super('A query through the pool was asked for inside a transaction that holds a connection of the same pool');
  }
}

/** Notes that `work` is done while it holds a connection of the pool, until it ends. */
export async function holdingOneOf<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const transaction = { pool, open: true };
  try {
    return await within.run(transaction, work);
  } finally {
    transaction.open = false; // what began in it and goes on may ask again
  }
}

let told = false;

/** A pool that sees nested check-outs: they fail in tests, and in production the first is said, with where it began. */
export class WatchedPool extends pg.Pool {
  override connect(...[then]: unknown[]): never {
    const holds = within.getStore();
    const refused = holds?.open && holds.pool === this ? refusal() : null;
    if (typeof then !== 'function') return (refused ? Promise.reject(refused) : super.connect()) as never;
    // Who waits in the queue is called by whoever releases.
    const own = inOwnTime(then as (error?: unknown) => void);
    return (refused ? process.nextTick(own, refused) : super.connect(own)) as never;
  }
}

/** Null in production, where it is said and goes on: a deadline ends it, should all wait for each other. */
function refusal(): NestedCheckOut | null {
  const nested = new NestedCheckOut();
  if (process.env.NODE_ENV === 'test') return nested;
  if (!told) process.emitWarning(nested);
  told = true;
  return null;
}
