import type { Pool } from 'pg';
import type { WrappedKey } from './key-encryption-keys.js';
import { SubjectErased } from './key-ring.js';
import { ERASED_CHANNEL } from './key-news.js';

/** The key that wrapped it was retired meanwhile; the row was not written. */
export class KekRetired extends Error {}
const RETIRED = 'SD001';

/** Bound to the wrapped key, so that rows cannot be swapped between subjects. */
export function contextOf(subject: string): string {
  return `screendesk/v1/subject-key/${subject}`;
}

/** Whether a key file belongs to this database already: even destroyed keys were wrapped by one, and it holds more. */
export async function hasSubjectKeys(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM keys.subject_key LIMIT 1');
  return rowCount === 1;
}

/** The rows of `keys.subject_key`. */
export class SubjectKeys {
  constructor(private readonly pool: Pool) {}

  /** Null when the subject never had a key. @throws SubjectErased */
  async find(subject: string): Promise<WrappedKey | null> {
    const { rows } = await this.pool.query<{ wrapped: Buffer | null; kek_id: string }>(
      'SELECT wrapped, kek_id FROM keys.subject_key WHERE subject = $1',
      [subject],
    );
    const row = rows[0];
    if (!row) return null;
    if (!row.wrapped) throw new SubjectErased(subject);
    return { wrapped: row.wrapped, kekId: row.kek_id };
  }

  /** Of those subjects that have a key now. */
  async findMany(subjects: readonly string[]): Promise<Map<string, WrappedKey>> {
    const { rows } = await this.pool.query<{ subject: string; wrapped: Buffer; kek_id: string }>(
      'SELECT subject, wrapped, kek_id FROM keys.subject_key WHERE subject = ANY($1::uuid[]) AND wrapped IS NOT NULL',
      [subjects],
    );
    return new Map(rows.map(({ subject, wrapped, kek_id }) => [subject, { wrapped, kekId: kek_id }]));
  }

  /** Does nothing when the subject has, or had, a key: the first one wins. @throws KekRetired */
  async add(subject: string, { wrapped, kekId }: WrappedKey, fingerprint: string): Promise<void> {
    const statement = `INSERT INTO keys.subject_key (subject, wrapped, kek_id, fingerprint) VALUES ($1, $2, $3, $4)
      ON CONFLICT (subject) DO NOTHING`;
    await this.pool.query(statement, [subject, wrapped, kekId, fingerprint]).catch((error: { code?: string }) => {
      throw error.code === RETIRED ? new KekRetired() : error;
    });
  }

  /** Destroys the key and tells every process, in one transaction. Returns the fingerprint it had. */
  async destroy(subject: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ fingerprint: string | null }>(
      `WITH destroyed AS (
         INSERT INTO keys.subject_key AS k (subject, erased_at) VALUES ($1, now())
         ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, erased_at = coalesce(k.erased_at, now())
         RETURNING k.fingerprint)
       SELECT fingerprint, pg_notify('${ERASED_CHANNEL}', $2) FROM destroyed`,
      [subject, subject],
    );
    return rows[0]!.fingerprint;
  }

  async isDestroyed(subject: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM keys.subject_key WHERE subject = $1 AND erased_at IS NOT NULL',
      [subject],
    );
    return rowCount === 1;
  }

  /** One subject and its key for each key-encryption key in use. */
  async samples(): Promise<{ subject: string; key: WrappedKey }[]> {
    const { rows } = await this.pool.query<{ subject: string; wrapped: Buffer; kek_id: string }>(
      `SELECT DISTINCT ON (kek_id) subject, wrapped, kek_id FROM keys.subject_key
       WHERE wrapped IS NOT NULL ORDER BY kek_id`,
    );
    return rows.map(({ subject, wrapped, kek_id }) => ({ subject, key: { wrapped, kekId: kek_id } }));
  }
}
