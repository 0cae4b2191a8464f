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
    await mkdir(directory, { recursive: true });
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
    if (await exists(join(this.data, 'postmaster.pid')))
      await this.pgCtl('stop', '-m', 'fast', '-w', '-t', '30').catch(() => undefined);
  }

  async isRunning(): Promise<boolean> {
    const { pid } = await this.postmaster();
    try {
      return pid > 0 && process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  urlAt(port: number): string {
    return `postgres://screendesk:${this.password}@127.0.0.1:${port}/postgres`;
  }

  /** Where the server that runs on this directory listens, or last did; NaN when it wrote down nothing. */
  async port(): Promise<number> {
    return (await this.postmaster()).port;
  }

  /** What the server wrote down about itself. */
  private async postmaster(): Promise<{ pid: number; port: number }> {
    const lines = (await readFile(join(this.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    return { pid: Number.parseInt(lines[0] ?? '', 10), port: Number.parseInt(lines[3] ?? '', 10) };
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

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
