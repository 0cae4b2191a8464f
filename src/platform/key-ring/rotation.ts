import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { KeyEncryptionKeys, KeyStages } from './key-encryption-keys.js';
import { KeysNotRotated, type Rotation } from './key-ring.js';
import { ERASED_CHANNEL, READERS, ROTATED_CHANNEL } from './key-news.js';
import { contextOf } from './subject-keys.js';

/** No other lock's number: the log's own is 7317002 (`es.sequence`), and nothing new is seen while that is held. */
const LOCK = 7_317_003;
const BATCH = 500;
/** How long every process has to say that it knows the keys as they are now. */
const AGREE_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 100;
const MOST_TRIES = 20;

/**
 * Replaces the key-encryption key: a new one is made and told to every process, put to use, everything is wrapped anew
 * by it, and the old ones are destroyed. What an erased subject's key was wrapped by is gone then, wherever a copy of
 * the wrapped key still lies: in table pages, in WAL, in backups.
 *
 * Each step finds by itself how far an earlier, interrupted one had come, and one process does it at a time. The order
 * keeps everything readable at every moment, and the database itself refuses what is wrapped by a retired key.
 */
export class KeyRotation {
  constructor(
    private readonly pool: Pool,
    private readonly keks: KeyEncryptionKeys,
    private readonly options: { readonly now?: () => Date; readonly agreeWithinMs?: number } = {},
  ) {}

  /**
   * @param olderThanMs makes no new key while the current one is younger than this; what was begun is finished anyway
   * @returns null when another process is at it
   * @throws KeysNotRotated when not every running process reads these keys, or they cannot be rewritten
   */
  async run(olderThanMs = 0): Promise<Rotation | null> {
    const client = await this.pool.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOCK]);
      if (!rows[0]!.mine) return null;
      return await this.rotate(client, olderThanMs);
    } finally {
      // Ends the session, and with it the lock: an unlock may not reach a server that is away.
      client.release(true);
    }
  }

  private async rotate(client: PoolClient, olderThanMs: number): Promise<Rotation> {
    const found = await this.keks.stages();
    const at = this.options.now?.() ?? new Date();
    const due = at.getTime() - found.currentSince.getTime() >= olderThanMs;
    if (!found.coming && !due && !found.going.length) return { rewrapped: 0, destroyed: 0 };
    await refuseBesideOldPrograms(client);
    if (!found.coming && due) await this.keks.introduce(at);
    await this.agree(client);
    if ((await this.keks.stages()).coming) await this.keks.promote();
    const stages = await this.agree(client);
    let rewrapped = await this.rewrap(client, stages);
    for (const kekId of stages.going)
      for (let tries = 0; !(await retire(client, kekId)); rewrapped += await this.rewrap(client, stages))
        if (++tries > MOST_TRIES)
          throw new KeysNotRotated(`Something goes on wrapping by the key ${kekId}, which is going.`);
    await this.keks.destroy(stages.going, at);
    await client.query(`NOTIFY ${ROTATED_CHANNEL}`);
    return { rewrapped, destroyed: stages.going.length };
  }

  /** Waits until every process that is connected reads what is there now. */
  private async agree(client: PoolClient): Promise<KeyStages> {
    const stages = await this.keks.stages();
    await client.query(`NOTIFY ${ROTATED_CHANNEL}`);
    const within = this.options.agreeWithinMs ?? AGREE_WITHIN_MS;
    for (const end = performance.now() + within; ; await wait(LOOK_EVERY_MS)) {
      const { rows } = await client.query<{ others: number }>(
        `SELECT count(*)::int AS others FROM pg_stat_activity
         WHERE datname = current_database() AND starts_with(application_name, $1) AND application_name <> $1 || $2`,
        [READERS, stages.digest],
      );
      const { others } = rows[0]!;
      if (!others) return stages;
      if (performance.now() > end)
        throw new KeysNotRotated(
          `${others} of the running processes read another key file, so the keys were not rotated. All processes must read one and the same KEY_FILE, in a folder that they share.`,
        );
    }
  }

  /** A key that was erased or wrapped anew in between is left as it is. */
  private async rewrap(client: PoolClient, { current }: KeyStages): Promise<number> {
    for (let total = 0; ;) {
      const { rows } = await client.query<{ subject: string; wrapped: Buffer; kek_id: string }>(
        'SELECT subject, wrapped, kek_id FROM keys.subject_key WHERE wrapped IS NOT NULL AND kek_id <> $1 LIMIT $2',
        [current, BATCH],
      );
      if (!rows.length) return total;
      const anew = await Promise.all(rows.map((row) => this.wrapAnew(row)));
      await client.query(
        `UPDATE keys.subject_key AS k SET wrapped = anew.wrapped, kek_id = anew.kek_id
         FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[]) AS anew (subject, was, wrapped, kek_id)
         WHERE k.subject = anew.subject AND k.wrapped = anew.was`,
        [
          rows.map(({ subject }) => subject),
          rows.map(({ wrapped }) => wrapped),
          anew.map(({ wrapped }) => wrapped),
          anew.map(({ kekId }) => kekId),
        ],
      );
      total += rows.length;
    }
  }

  private async wrapAnew(row: { subject: string; wrapped: Buffer; kek_id: string }) {
    const key = await this.keks.unwrap({ kekId: row.kek_id, wrapped: row.wrapped }, contextOf(row.subject));
    return this.keks.wrap(key, contextOf(row.subject));
  }
}

/**
 * Programs from before there were rotations hear of erasures alone. They would wrap by keys that are retired, and not know
 * what is signed by new secrets.
 * @throws KeysNotRotated
 */
async function refuseBesideOldPrograms(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ old: number }>(
    'SELECT count(*)::int AS old FROM pg_stat_activity WHERE datname = current_database() AND query = $1',
    [`LISTEN ${ERASED_CHANNEL}`],
  );
  const { old } = rows[0]!;
  if (old)
    throw new KeysNotRotated(
      `${old} processes of an older program run, which know nothing of rotations. End them first.`,
    );
}

/** From here on the database takes nothing that this key has wrapped; false when something still is. */
async function retire(client: PoolClient, kekId: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO keys.kek (id) VALUES ($1) ON CONFLICT DO NOTHING', [kekId]);
    await client.query('SELECT FROM keys.kek WHERE id = $1 FOR UPDATE', [kekId]); // waits for those who wrap by it
    const { rowCount } = await client.query(
      'SELECT FROM keys.subject_key WHERE kek_id = $1 AND wrapped IS NOT NULL LIMIT 1',
      [kekId],
    );
    if (!rowCount)
      await client.query('UPDATE keys.kek SET retired_at = coalesce(retired_at, now()) WHERE id = $1', [kekId]);
    await client.query('COMMIT');
    return !rowCount;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
