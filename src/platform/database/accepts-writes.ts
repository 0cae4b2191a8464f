import type { Pool } from 'pg';

/**
 * Whether work can be kept: a standby, which a name may still lead to after a failover, answers and keeps nothing.
 * @throws Error when it cannot
 */
export async function acceptsWrites(pool: Pool): Promise<void> {
  const { rows } = await pool.query(`SELECT current_setting('transaction_read_only') AS "readOnly"`);
  if (rows[0].readOnly !== 'off')
    throw new Error('PostgreSQL takes no writes: it is a standby, or was made read-only.');
}
