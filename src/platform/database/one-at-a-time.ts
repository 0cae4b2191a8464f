import type { Pool } from 'pg';
import { StartProblem } from '#platform/config/start-problem.js';
import { waitingAtMost } from './answer-deadline.js';

const PATIENCE_MS = 30_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs something that of all processes on this database only one may do at a time; the next one waits, at most half a
 * minute. For starts, not for requests: one connection is held meanwhile. Should this process die, the database lets go.
 * @param lock a number that nothing else here locks
 * @throws StartProblem when whoever is at it does not finish
 */
export async function oneAtATime<T>(pool: Pool, lock: number, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${PATIENCE_MS}; SET LOCAL statement_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = 0`);
    const taken = () => client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await waitingAtMost(2 * PATIENCE_MS, taken).catch((error: Error & { code?: string }) => {
      if (error.code !== LOCK_NOT_AVAILABLE) throw error;
      throw new StartProblem('Another server has been making the demo workspace for half a minute. Look at that one.');
    });
    return await work();
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
  }
}
