import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, Pool } from 'pg';
import { StartProblem } from '#platform/config/start-problem.js';
import { PRODUCT_ROOT } from '#platform/files/product-root.js';
import { withoutLimits } from './long-work.js';

export const MIGRATIONS = join(PRODUCT_ROOT, 'migrations');

const LOCK = 7_317_001;

/**
 * Applies the numbered, forward-only SQL files in order, each in a transaction of its own, under one advisory lock so
 * that many servers may start at once. A file that changed after it was applied stops the start.
 * @throws StartProblem
 */
export async function migrate(pool: Pool, directory = MIGRATIONS): Promise<void> {
  await withoutLimits(pool, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]); // until the connection is closed
    await client.query(
      'CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM public.migration');
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    const files = (await readdir(directory)).filter((file) => /^\d{3}_[a-z0-9_]+\.sql$/.test(file)).sort();
    for (const file of files) await applyOnce(client as unknown as Client, directory, file, applied.get(file));
  });
}

async function applyOnce(client: Client, directory: string, file: string, known: string | undefined): Promise<void> {
  const sql = await readFile(join(directory, file), 'utf8');
  const sha256 = createHash('sha256').update(sql).digest('hex');
  if (known === sha256) return;
  if (known) throw changed(file);
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO public.migration (name, sha256) VALUES ($1, $2)', [file, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new StartProblem(`Migration ${file} failed, and changed nothing: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function changed(file: string): StartProblem {
  return new StartProblem(`Migration ${file} was changed after it had been applied. Restore it and add a new one.`);
}
