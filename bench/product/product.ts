import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The built product, started as a user would, on a data directory of its own. */
export class Product {
  private constructor(
    readonly url: string,
    /** Seconds from the start of the process until it said it was ready. */
    readonly readySeconds: number,
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  /** @param settings that differ from the embedded defaults */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-bench-'));
    await chmod(directory, 0o755); // PostgreSQL may run as a user of its own
    const port = await freePort();
    const env = {
      ...process.env,
      PORT: String(port),
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'warn',
      MP4_COPIES: 'off',
      TRUST_PROXY: '1',
      ...settings,
    };
    const begun = performance.now();
    const child = spawn(process.execPath, ['dist/src/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const url = `http://localhost:${port}`;
    for (;;) {
      if (child.exitCode !== null) throw new Error('The product did not start; run npm run build first.');
      const ready = await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) break;
      await wait(50);
    }
    return new Product(url, (performance.now() - begun) / 1000, child, directory);
  }

  /** A workspace made by command. @returns what its owner signs in with */
  static async found(slug: string, settings: Readonly<Record<string, string>>) {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-bench-'));
    const email = `owner@${slug}.example`;
    const args = ['dist/src/workspace.js', 'create', '--slug', slug, '--name', slug, '--email', email];
    const env = { ...process.env, ...settings, DATA_DIR: directory };
    await promisify(execFile)(process.execPath, args, { env });
    const kept = await readFile(join(directory, `owner-of-${slug}.txt`), 'utf8');
    await rm(directory, { recursive: true, force: true });
    return { email, password: kept.trim().split('\t')[1]! };
  }

  /** Resident memory in megabytes of the process and everything below it, PostgreSQL included (shared pages count once each). */
  async residentMegabytes(): Promise<number> {
    const postmaster = await readFile(join(this.directory, 'data/postgres/cluster/postmaster.pid'), 'utf8');
    const roots = [this.child.pid!, Number(postmaster.split('\n')[0])];
    const processes = await allProcesses();
    const family = new Set(roots);
    for (let grown = -1; grown !== family.size;) {
      grown = family.size;
      for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
    }
    const sizes = await Promise.all([...family].map(proportionalKilobytes));
    return sizes.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
  }

  /** Resident memory in megabytes of the server's own process, without PostgreSQL. */
  async serverMegabytes(): Promise<number> {
    const text = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)![1]) / 1024;
  }

  /** E-mail and password of the demo workspace's agent. */
  async agent(): Promise<{ email: string; password: string }> {
    const lines = (await readFile(join(this.directory, 'data/demo-credentials.txt'), 'utf8')).split('\n');
    const [, email, password] = lines.find((line) => line.startsWith('agent'))!.split('\t');
    return { email: email!, password: password! };
  }

  /** The embedded PostgreSQL, for a reference that should not have a better one. */
  async databaseUrl(): Promise<string> {
    const password = (await readFile(join(this.directory, 'data/postgres/password'), 'utf8')).trim();
    const postmaster = await readFile(join(this.directory, 'data/postgres/cluster/postmaster.pid'), 'utf8');
    return `postgres://screendesk:${password}@127.0.0.1:${postmaster.split('\n')[3]}/postgres`;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function allProcesses(): Promise<{ pid: number; parent: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')));
  return stats.filter(Boolean).map((stat) => {
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { pid: Number.parseInt(stat, 10), parent };
  });
}

/** Pss divides what processes share (PostgreSQL's buffers, program text) among them, so that a sum is honest. */
async function proportionalKilobytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
