import pg from 'pg';

/** SQLSTATEs that say "not now" rather than "not so": connection, transaction rollback, resources, operator, time-outs. */
const PASSING = /^(08|40|53|57|55P03|25P0[34])/;

/**
 * Whether trying again later can help. What PostgreSQL answers in so many words (a missing table, no permission) and
 * what our own code throws cannot be helped; everything else is the connection.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return PASSING.test(error.code ?? '08');
  return error instanceof Error && ![SyntaxError, TypeError, RangeError].some((bug) => error instanceof bug);
}

/** The pause before the given attempt (from 0) to connect again, in milliseconds. */
export function retryDelay(attempt: number): number {
  return Math.min(50 * 2 ** attempt, 2_000);
}
