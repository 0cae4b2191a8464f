import pg from 'pg';
import type { PostgresCluster } from './postgres-cluster.js';

/** A killed process's connections go at once, but for one in the middle of a statement; a process that is stopping needs a moment. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 100;
const TOO_MANY_CONNECTIONS = '53300';

/**
 * Whether somebody is connected to the server that runs on this cluster, and stays. That tells a program that works
 * on it from what a killed one left behind; a file with a process id could not, since ids come again.
 */
export async function isUsed(cluster: PostgresCluster): Promise<boolean> {
  if (!(await cluster.isRunning())) return false;
  const connectionString = cluster.urlAt(await cluster.port());
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await stays(client);
  } catch (error) {
    // Anything else means that it is out of order, or stopping: nobody can be working on it.
    return (error as { code?: string }).code === TOO_MANY_CONNECTIONS;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stays(client: pg.Client): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause()) {
    const { rows } = await client.query<{ others: boolean }>(
      `SELECT count(*) > 0 AS others FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    if (!rows[0]?.others) return false;
  }
  return true;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
