import { join } from 'node:path';
import { readIfThere } from '#platform/files/if-there.js';

const WHAT = 'The embedded PostgreSQL';

/**
 * The connection string of an embedded PostgreSQL that runs in this directory already, because the product does. Null
 * where none runs.
 */
export async function runningPostgres(directory: string): Promise<string | null> {
  const [pid, , , port] = ((await readIfThere(join(directory, 'cluster', 'postmaster.pid'), WHAT)) ?? '').split('\n');
  if (!port || !isAlive(Number(pid))) return null;
  const password = ((await readIfThere(join(directory, 'password'), WHAT)) ?? '').trim();
  return `postgres://screendesk:${password}@127.0.0.1:${port.trim()}/postgres`;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
