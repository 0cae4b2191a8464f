import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { platform } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { StartProblem } from '#platform/config/start-problem.js';

/** A process that was just told to stop needs a moment. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * Holds a directory for this process, until it lets go or dies: the lock is a local socket, which the operating system
 * closes with the process. A file with a process id would outlive a crash, and ids come again.
 * @throws StartProblem when another process holds it
 */
export async function lockDirectory(directory: string): Promise<{ release(): Promise<void> }> {
  const address = addressOf(await realpath(directory));
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(LOOK_EVERY_MS)) {
    const server = await listen(address);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    if (address.startsWith('/') && !(await answers(address))) await rm(address, { force: true });
  }
  throw new StartProblem(
    `Another Screendesk is running on ${directory}. Stop that one first, or give this one a DATA_DIR of its own.`,
  );
}

/** Where there are sockets without a file, nothing stays behind a dead process. */
function addressOf(directory: string): string {
  const name = `screendesk-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`;
  if (platform() === 'linux') return `\0${name}`;
  return platform() === 'win32' ? `\\\\.\\pipe\\${name}` : `/tmp/${name}.sock`;
}

/** @returns null when somebody listens there already, or did until they died */
function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.on('error', (error: Error & { code?: string }) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => resolve(true)).unref();
    // Only these two say that nobody listens; a socket that may not be asked is somebody's.
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}
