import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './redis.js';

const PROGRAM = '/usr/sbin/pgbouncer';

/** Whether Debian's `pgbouncer` is here. @throws Error where it has to be */
export function pgbouncerInstalled(): boolean {
  if (existsSync(PROGRAM)) return true;
  if (process.env.CI === 'true') throw new Error('pgbouncer is missing: run scripts/install-test-services.sh.');
  return false;
}

/** A real PgBouncer in transaction mode before that database. @param settings further lines of its configuration */
export async function startPgbouncer(database: string, settings: readonly string[] = []) {
  const { hostname, port: at, username, password, pathname } = new URL(database);
  const [directory, port] = [await mkdtemp(join(tmpdir(), 'screendesk-pgbouncer-')), await freePort()];
  const [file, users] = [join(directory, 'pgbouncer.ini'), join(directory, 'users.txt')];
  const name = pathname.slice(1);
  const listen = ['listen_addr=127.0.0.1', `listen_port=${port}`, 'unix_socket_dir=', 'pool_mode=transaction'];
  const auth = ['auth_type=any', `auth_file=${users}`];
  const lead = `${name} = host=${hostname} port=${at} dbname=${name} user=${username} password=${password}`;
  await writeFile(users, '');
  await writeFile(file, ['[databases]', lead, '[pgbouncer]', ...listen, ...auth, ...settings].join('\n'));
  await chmod(directory, 0o755);
  const asRoot = process.getuid?.() === 0 ? ['-u', 'nobody'] : []; // it does not run as root
  const server = spawn(PROGRAM, ['-q', ...asRoot, file], { stdio: 'ignore' });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGINT');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
  return { url: `postgres://${username}@127.0.0.1:${port}/${name}`, stop };
}
