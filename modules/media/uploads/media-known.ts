import type { Pool } from 'pg';

/** Whether bytes of any recording were ever acknowledged. Uploads' rows stay when their bytes go. */
export async function mediaAreKnown(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('SELECT EXISTS (SELECT FROM recording.upload WHERE offset_bytes > 0) AS known');
  return rows[0].known;
}
