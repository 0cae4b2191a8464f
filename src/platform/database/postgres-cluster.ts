import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { platform, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './postgres-binaries.js';

const run = promisify(execFile);

/** Who the server runs as; nobody in particular where we are not root. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** A data directory of PostgreSQL's and the commands on it. */
export class PostgresCluster {
  private constructor(
    private readonly data: string,
    readonly password: string,
    private readonly binaries: Binaries,
    private readonly owner: Owner,
  ) {}

  /** Makes the cluster on first use. As root it belongs to the system user `postgres`, since PostgreSQL refuses root. */
  static async open(directory: string, binaries: Binaries): Promise<PostgresCluster> {
    const owner = await serverUser();
    const data = join(directory, 'cluster');
    const passwordFile = join(directory, 'password');
    if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries, owner, data, passwordFile);
    return new PostgresCluster(data, (await readFile(passwordFile, 'utf8')).trim(), binaries, owner);
  }

  async start(options: string): Promise<void> {
    const log = join(this.data, 'server.log');
    await this.pgCtl('start', '-w', '-t', '60', '-l', log, '-o', options).catch(async (error: Error) => {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-15);
      throw new Error(`The embedded PostgreSQL did not start: ${error.message}\n${lines.join('\n')}`);
    });
  }

  /** Ends open transactions and stops; no error when it does not run. */
  async stop(): Promise<void> {
    const pid = await this.pid();
    const command = isAlive(pid) ? await commandOf(pid) : '';
    if (!command || command.includes(this.data))
      await this.pgCtl('stop', '-m', 'fast', '-w', '-t', '30').catch(() => undefined);
    // A server that a power cut ended left its id behind, and by now it is another program's: nobody signals that one.
    else if (!command.includes('postgres')) await rm(join(this.data, 'postmaster.pid'), { force: true });
  }

  async isRunning(): Promise<boolean> {
    return isAlive(await this.pid());
  }

  /** What the server wrote down; NaN when it did not. */
  private async pid(): Promise<number> {
    return Number.parseInt(await readFile(join(this.data, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  }

  private pgCtl(...args: string[]): Promise<unknown> {
    return run(this.binaries.pg_ctl, ['-D', this.data, '-s', ...args], { ...this.owner, cwd: '/' });
  }
}

async function initialise(binaries: Binaries, owner: Owner, data: string, passwordFile: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('hex') + '\n', { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const path of [data, passwordFile]) await chown(path, owner.uid, owner.gid);
  const flags = ['-U', 'screendesk', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
  const args = ['-D', data, `--pwfile=${passwordFile}`, ...flags];
  await run(binaries.initdb, args, { ...owner, cwd: '/' }).catch((error: Error) => {
    throw new Error(`The embedded PostgreSQL could not be set up: ${error.message}.${hintFor(owner, data)}`);
  });
}

function hintFor({ uid }: Owner, data: string): string {
  if (uid === undefined) return '';
  return ` As root, PostgreSQL runs as the user "postgres", which must be able to enter ${data} and the folder of this program; a home directory closed to others is a usual cause.`;
}

/** PostgreSQL refuses to run as root, so root lends it a user of its own. */
async function serverUser(): Promise<Owner> {
  if (platform() === 'win32' || userInfo().uid !== 0) return {};
  const idOf = (flag: string) => run('id', [flag, 'postgres']).then(({ stdout }) => Number(stdout));
  const known = () => idOf('-u').catch(() => undefined);
  if (!(await known()))
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(async (error) => {
      // Another first start on this machine may have been quicker.
      if (!(await known())) throw error;
    });
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/** A process's program and arguments; empty when it cannot be told. */
async function commandOf(pid: number): Promise<string> {
  const asked = () => run('ps', ['-o', 'args=', '-p', `${pid}`]).then(({ stdout }) => stdout);
  return readFile(`/proc/${pid}/cmdline`, 'utf8')
    .catch(asked)
    .catch(() => '');
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
