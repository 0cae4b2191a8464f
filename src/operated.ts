import { join, resolve } from 'node:path';
import type { Pool } from 'pg';
import type { Config } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { requireConnections } from '#platform/database/connection-allowance.js';
import { Database, openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { runningPostgres } from '#platform/database/running-postgres.js';
import { isThere } from '#platform/files/if-there.js';
import { rebuildList, resume } from '#platform/operations/consumer-commands.js';
import { rerun } from '#platform/operations/job-commands.js';
import { KEY_NEWS_CONNECTIONS } from '#platform/key-ring/key-news.js';
import { rotateKeys } from '#platform/operations/key-commands.js';
import type { Operated, OperatorCommand } from '#platform/operations/operator-commands.js';
import { stuck } from '#platform/operations/stuck.js';
import type { Projection } from '#platform/projections/projection.js';
import { openStore } from './cell.js';

/** What operators may ask for. Each is a file of its own. */
export const OPERATOR_COMMANDS: Readonly<Record<string, OperatorCommand>> = {
  stuck,
  resume,
  rebuild: rebuildList,
  rerun,
  'rotate-keys': rotateKeys,
};

const POOL = 3;
/** How many connections to PostgreSQL a command opens at the most. */
export const OPERATOR_CONNECTIONS = POOL + KEY_NEWS_CONNECTIONS;

/**
 * Opens an installation beside the product that may be running on it: its embedded database is asked where it listens,
 * or started for as long as this takes.
 * @throws StartProblem when there is no installation here
 */
export async function openOperated(
  config: Config,
  projections: readonly Projection[],
  say: (line: string) => void,
): Promise<Operated & { close(): Promise<void> }> {
  const opened = new AsyncDisposableStack();
  try {
    const { url } = opened.adopt(await postgresOf(config), ({ stop }) => stop());
    await requireConnections(url, OPERATOR_CONNECTIONS, POOL);
    const pool = opened.adopt(openPool(url, POOL), (one) => one.end());
    await requireInstallation(pool);
    const { store } = await openStore(config, pool, opened);
    const database = new Database(pool);
    return { config, database, store, projections, say, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync().catch(() => undefined); // why it did not open is what matters
    throw error;
  }
}

/** @throws StartProblem where the product has never run on this database */
async function requireInstallation(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(`SELECT to_regclass('platform.job') IS NOT NULL AS there`);
  if (!rows[0]!.there)
    throw new StartProblem('There is no installation in this database. Set DATABASE_URL as the product has it.');
}

async function postgresOf({ values, dataDir }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const stop = async () => undefined;
  if (values.DATABASE_URL) return { url: values.DATABASE_URL, stop };
  const directory = join(dataDir, 'postgres');
  if (!(await isThere(join(directory, 'cluster'), 'The embedded PostgreSQL')))
    throw new StartProblem(
      `There is no installation in ${resolve(dataDir)}. Set DATA_DIR or DATABASE_URL as the product has it, or go to where its .env is.`,
    );
  const url = await runningPostgres(directory);
  return url ? { url, stop } : startEmbeddedPostgres(directory);
}
