import { sql, type Transaction } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { waitingAtMost } from './answer-deadline.js';

const [LOCK_S, STATEMENT_S] = [30, 60];
/** Later than the server itself ends it. */
const ANSWER_MS = (STATEMENT_S + 5) * 1000;
/** A migration of a large installation takes as long as it takes. */
const UNLIMITED_MS = 6 * 60 * 60_000;

/** @param work is told how to let its transaction take long */
export function allowingLong<T>(work: (allow: (rows: Transaction<any>) => Promise<void>) => Promise<T>): Promise<T> {
  return waitingAtMost(ANSWER_MS, () =>
    work(async (rows) => {
      await sql`SELECT set_config('lock_timeout', ${`${LOCK_S}s`}, true),
        set_config('statement_timeout', ${`${STATEMENT_S}s`}, true)`.execute(rows);
    }),
  );
}

/** Does something on a connection of the pool that nothing ends but its end, as for a migration. It is closed then. */
export async function withoutLimits<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    return await waitingAtMost(UNLIMITED_MS, () => work(client));
  } finally {
    client.release(true);
  }
}
