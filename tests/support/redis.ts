import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** Whether Debian's `redis-server` is here. @throws Error where it has to be */
export function redisInstalled(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v redis-server']);
    return true;
  } catch {
    if (process.env.CI === 'true') throw new Error('redis-server is missing: run scripts/install-test-services.sh.');
    return false;
  }
}

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a real Redis of this suite's own on the loopback interface. @param port as that of one that was stopped */
export async function startRedis(port?: number): Promise<TestRedis> {
  return start(port ?? (await freePort()));
}

async function start(port: number): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory],
    { stdio: 'ignore' },
  );
  const exited = new Promise((resolve) => server.once('exit', resolve));
  await eventually(() => reachable(port));
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, port, stop };
}

/**
 * A port that nobody listens at. It is of those that the system gives to no connection that goes out: one of them could
 * take it before the server does for which it is meant.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer().listen(port);
    const listens = once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!(await listens)) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

function reachable(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy()));
    socket.once('error', reject);
  });
}
