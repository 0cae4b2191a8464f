// Plain JavaScript because Jest loads this outside its transform; Node itself strips the types of what it imports.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmod } from 'node:fs/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';

/** One real PostgreSQL for the whole run; `template_screendesk` holds the migrated schema that every suite copies. */
export default async function start() {
  if (process.env.TEST_DATABASE_URL) return;
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-pg-'));
  await chmod(directory, 0o755);
  const postgres = await startEmbeddedPostgres(directory, ['-c fsync=off', '-c max_connections=300']);
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE template_screendesk');
  await admin.end();
  const pool = new pg.Pool({ connectionString: postgres.url.replace(/\/postgres$/, '/template_screendesk') });
  await migrate(pool);
  await pool.end();
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.stopPostgres = postgres.stop;
}
