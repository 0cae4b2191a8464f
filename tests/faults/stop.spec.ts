import { spawn, type ChildProcess } from 'node:child_process';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { freePort } from '../support/redis.js';

/** What a supervisor waits at the least before it kills. */
const WITHIN_MS = 15_000;

let directory: string;
let database: FreshDatabase;
let silent: Server & { visited?: boolean };
let child: ChildProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-stop-'));
  await chmod(directory, 0o755);
  database = await freshDatabase();
  silent = createServer((socket) => {
    silent.visited = true;
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  if (child.exitCode === null) child.kill('SIGKILL');
  silent.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const silentDatabase = () => `postgres://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/c`;

async function launch(command: string, args: string[], settings: Record<string, string>): Promise<string> {
  const port = String(await freePort());
  const env = { ...process.env, DATA_DIR: join(directory, 'data'), PORT: port, LOG_LEVEL: 'error', ...settings };
  child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return `http://localhost:${port}`;
}

const program = (settings: Record<string, string>) => launch(process.execPath, ['dist/src/main.js'], settings);
const npmStart = (settings: Record<string, string>) => launch('npm', ['start', '--ignore-scripts'], settings);

/** When every process that had the child's output in hand has ended, the pipe closes: those below a shell too. */
const ended = () => new Promise<void>((resolve) => child.stdout!.on('close', resolve).resume());

async function expectEndAfterSignal(): Promise<void> {
  const end = ended();
  const since = performance.now();
  child.kill('SIGTERM');
  await end;
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
}

it.each([
  ['the program', program],
  ['npm start', npmStart],
])(
  'ends %s that waits for a database which does not answer',
  async (_, start) => {
    await start({ DATABASE_URL: silentDatabase() });
    await eventually(() => expect(silent.visited).toBe(true), 20_000);
    await expectEndAfterSignal();
  },
  60_000,
);

it('ends npm start when it serves', async () => {
  const url = await npmStart({ DATABASE_URL: database.url });
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 30_000);
  await expectEndAfterSignal();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
}, 60_000);

it('calls a start off, and leaves no embedded PostgreSQL behind', async () => {
  await program({ DATABASE_URL: '' });
  const pid = join(directory, 'data/postgres/cluster/postmaster.pid');
  await eventually(() => access(pid), 30_000);
  await expectEndAfterSignal();
  await expect(access(pid)).rejects.toThrow('ENOENT');
}, 60_000);
