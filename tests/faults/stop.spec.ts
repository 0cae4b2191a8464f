import { spawn, type ChildProcess } from 'node:child_process';
import { access, chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { ProductProcess } from '../support/product-process.js';
import { freePort, redisInstalled, startRedis, type TestRedis } from '../support/redis.js';
import { type Proxy, startProxy } from '../support/tcp-proxy.js';

/** What a supervisor waits at the least before it kills. */
const WITHIN_MS = 15_000;
/** What a start may take while every other suite starts, too: 30 s were too few once. */
const START_MS = 80_000;

let directory: string;
let database: FreshDatabase;
let silent: Server & { visits: number };
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-stop-'));
  await chmod(directory, 0o755);
  database = await freshDatabase();
  const server = createServer((socket) => {
    silent.visits += 1;
    socket.on('error', () => undefined);
  });
  silent = Object.assign(server, { visits: 0 });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const { pid } of children.splice(0)) signal(-pid!, 'SIGKILL');
  silent.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const silentDatabase = () => `postgres://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/c`;

async function launch(command: string, args: string[], settings: Record<string, string>): Promise<Launched> {
  const port = String(await freePort());
  const env = { ...process.env, DATA_DIR: join(directory, 'data'), PORT: port, LOG_LEVEL: 'error', ...settings };
  // A group of its own, so that what npm started does not outlast a test that fails.
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(child);
  return { child, url: `http://localhost:${port}` };
}

interface Launched {
  readonly child: ChildProcess;
  readonly url: string;
}

const program = (settings: Record<string, string>) => launch(process.execPath, ['dist/src/main.js'], settings);
const npmStart = (settings: Record<string, string>) => launch('npm', ['start', '--ignore-scripts'], settings);

async function expectEndAfterSignal({ child }: Launched): Promise<void> {
  // When every process that had the child's output in hand has ended, the pipe closes: those below a shell too.
  const end = new Promise<void>((resolve) => child.stdout!.on('close', resolve).resume());
  const since = performance.now();
  child.kill('SIGTERM');
  await end;
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
}

it('ends npm start, and below it the program, when that waits for a database which does not answer', async () => {
  const waiting = await npmStart({ DATABASE_URL: silentDatabase() });
  await eventually(() => expect(silent.visits).toBeGreaterThan(0), START_MS);
  await expectEndAfterSignal(waiting);
}, 120_000);

it('ends npm start when it serves', async () => {
  const started = await npmStart({ DATABASE_URL: database.url });
  await eventually(async () => expect((await fetch(`${started.url}/readyz`)).status).toBe(200), START_MS);
  await expectEndAfterSignal(started);
  await expect(fetch(`${started.url}/healthz`)).rejects.toThrow();
}, 120_000);

it('calls a start off, and leaves no embedded PostgreSQL behind', async () => {
  const started = await program({ DATABASE_URL: '' });
  const pid = join(directory, 'data/postgres/cluster/postmaster.pid');
  await eventually(() => access(pid), START_MS);
  await expectEndAfterSignal(started);
  await expect(access(pid)).rejects.toThrow('ENOENT');
}, 120_000);

/** Somebody with a link, who may know it or not: only the database can tell. */
const OPENING = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ code: 'a'.repeat(26) }),
};

/** A product that runs, and how its parts are taken from it. */
interface Bereft {
  readonly product: ProductProcess;
  take(): void | Promise<void>;
}

(redisInstalled() ? describe : describe.skip)('a running product whose PostgreSQL and Redis are gone', () => {
  let redis: TestRedis;
  const leftovers = new AsyncDisposableStack();
  beforeAll(async () => void (redis = leftovers.adopt(await startRedis(), (one) => one.stop())));
  afterAll(() => leftovers.disposeAsync());

  const start = async (settings: Record<string, string>) => {
    const PORT = String(await freePort());
    const product = await ProductProcess.start({ DATA_DIR: join(directory, 'data'), ...settings, PORT });
    return leftovers.adopt(product, (one) => one.kill());
  };
  const wireTo = async (url: string) => {
    const wire = leftovers.adopt(await startProxy(new URL(url)), (one) => one.stop());
    return { wire, url: url.replace(new URL(url).host, `127.0.0.1:${wire.port}`) };
  };

  type Way = (wire: Proxy) => void | Promise<void>;
  const refuse: Way = (wire) => wire.stop();
  const silence: Way = (wire) => wire.freeze();

  async function apart(ROLE: 'web' | 'worker', ofPostgres: Way, ofRedis: Way): Promise<Bereft> {
    const [postgres, jobs] = [await wireTo(database.url), await wireTo(redis.url)];
    const product = await start({ ROLE, DATABASE_URL: postgres.url, REDIS_URL: jobs.url });
    const take = async () => void (await Promise.all([ofPostgres(postgres.wire), ofRedis(jobs.wire)]));
    return { product, take };
  }

  async function allInOne(): Promise<Bereft> {
    const postgres = await wireTo(database.url);
    return { product: await start({ DATABASE_URL: postgres.url }), take: () => refuse(postgres.wire) };
  }

  /** The server and its children stand still; when they move again, they find out that they are to end. */
  async function embedded(): Promise<Bereft> {
    const DATA_DIR = join(directory, 'embedded');
    const product = await start({ DATA_DIR, DATABASE_URL: '' });
    const pid = await readFile(join(DATA_DIR, 'postgres/cluster/postmaster.pid'), 'utf8');
    const server = await family(Number.parseInt(pid, 10));
    leftovers.defer(() => server.forEach((one) => signal(one, 'SIGKILL')));
    return { product, take: () => server.forEach((one) => signal(one, 'SIGSTOP')) };
  }

  it('ends in its time, be they refused or silent, web, worker, both, or with its own PostgreSQL', async () => {
    const products = await Promise.all([
      apart('web', refuse, silence),
      apart('worker', silence, refuse),
      allInOne(),
      embedded(),
    ]);
    await eventually(async () => expect(await leases()).toBeGreaterThan(0), 30_000);
    await Promise.all(products.map(({ take }) => take()));
    const asked = products.map(({ product }) => fetch(`${product.url}/readyz`).catch(() => undefined));
    await Promise.race([asked[2], asked[0]]);
    const opened = await fetch(`${products[2].product.url}/api/v1/links/open`, OPENING);
    expect([opened.status, opened.headers.get('retry-after')]).toEqual([503, '5']);
    expect(products.map(({ product }) => product.runs)).toEqual(products.map(() => true));
    const since = performance.now();
    const took = products.map(({ product }) => product.stop().then(() => performance.now() - since));
    for (const ms of await Promise.all(took)) expect(ms).toBeLessThan(WITHIN_MS);
  }, 90_000);

  const leases = async () => {
    const held = 'SELECT count(*)::int AS n FROM platform.consumer WHERE owner IS NOT NULL';
    return (await database.pool.query<{ n: number }>(held)).rows[0]!.n;
  };
});

/** A process and those it started. */
async function family(pid: number): Promise<number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parentOf = async (one: string) =>
    (await readFile(`/proc/${one}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ')[1];
  const parents = await Promise.all(all.map(parentOf));
  return [pid, ...all.filter((_, n) => parents[n] === String(pid)).map(Number)];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended by itself
  }
}
