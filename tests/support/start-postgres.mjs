// Plain JavaScript because Jest loads this outside its transform; `typescript.mjs` lets Node read what it imports.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import './typescript.mjs';

const { startEmbeddedPostgres } = await import('../../src/platform/database/embedded-postgres.ts');
const { postgresQueues } = await import('../../src/platform/jobs/job-queues.ts');
const { migrate } = await import('../../src/platform/database/migrate.ts');

/** One real PostgreSQL for the whole run; `template_screendesk` holds the migrated schemas, ours and the queues', that every suite copies. */
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
  await (await postgresQueues(pool.options.connectionString)).close();
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.stopPostgres = async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
