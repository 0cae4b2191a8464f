import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartProblem } from '#platform/config/start-problem.js';
import { clusterThere, makeCluster } from './make-cluster.js';
import type { Binaries } from './postgres-binaries.js';
import { serverUser, type Owner } from './server-user.js';

const run = promisify(execFile);

/** A data directory of PostgreSQL's and the commands on it. */
export class PostgresCluster {
  private constructor(
    private readonly data: string,
    readonly password: string,
    private readonly binaries: Binaries,
    private readonly owner: Owner,
  ) {}

  /**
   * Makes the cluster on first use. As root it belongs to the system user `postgres`, since PostgreSQL refuses root.
   * @throws StartProblem when something is there that is not a whole cluster, or cannot be read
   */
  static async open(directory: string, binaries: Binaries): Promise<PostgresCluster> {
    const owner = await serverUser();
    const password = (await clusterThere(directory)) ?? (await makeCluster(directory, binaries, owner));
    return new PostgresCluster(join(directory, 'cluster'), password, binaries, owner);
  }

  async start(options: string): Promise<void> {
    const log = join(this.data, 'server.log');
    await this.pgCtl('start', '-w', '-t', '60', '-l', log, '-o', options).catch(async (error: Error) => {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-15);
      throw new StartProblem(
        `The embedded PostgreSQL did not start on ${this.data}, where nothing was removed: ${error.message}\n${lines.join('\n')}`,
      );
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
