import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';

/** Lends a migrated PostgreSQL of its own with PostgreSQL's default settings: every commit is on disk before it is acknowledged. */
export async function withDurablePostgres<T>(use: (url: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-bench-'));
  await chmod(directory, 0o755); // PostgreSQL may run as a user of its own
  const postgres = await startEmbeddedPostgres(directory);
  try {
    const pool = new pg.Pool({ connectionString: postgres.url });
    await migrate(pool);
    await pool.end();
    return await use(postgres.url);
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
