import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { readConfig } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { CELL } from '#platform/event-store/log-scope.js';
import { ScopedLog } from '#platform/event-store/scoped-log.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { openCell } from '../../src/cell.js';
import { serve } from '../../src/serve.js';
import { EventStoreDbCluster } from '../contracts/event-store/eventstoredb-server.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { freePort, redisInstalled, startRedis, type TestRedis } from '../support/redis.js';
import { startProxy } from '../support/tcp-proxy.js';
import { WholeApp } from '../support/whole-app.js';

const servers: Server[] = [];

const LISTING = '<ListBucketResult><Name>b</Name><KeyCount>0</KeyCount></ListBucketResult>';

/** Enough of an S3 server to be opened: the bucket is there. It hangs up on nobody, so that a leak shows. */
async function startBucket(status = 200): Promise<{ server: Server; settings: Record<string, string> }> {
  const server = createServer({ keepAliveTimeout: 0 }, (_, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(status === 200 ? LISTING : '');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settings = { S3_BUCKET: 'b', S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_FORCE_PATH_STYLE: 'true' };
  return { server, settings };
}

const connectionsTo = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

let database: FreshDatabase;
let directory: string;

beforeEach(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'screendesk-cell-'));
  await chmod(directory, 0o755); // root's embedded PostgreSQL runs as a user of its own
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const open = (settings: Record<string, string>) =>
  openCell(readConfig({ DATABASE_URL: database.url, DATA_DIR: join(directory, 'data'), ...settings }));

/** Those of others than this test's own pool, which has asked. */
async function databaseConnections(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return rows[0]!.count;
}

describe('closing a cell', () => {
  it('leaves no connection to the database or to the bucket', async () => {
    const { server, settings } = await startBucket();
    const cell = await open(settings);
    const held = await connectionsTo(server);
    await cell.close();
    expect(held).toBe(1);
    await eventually(async () => expect(await connectionsTo(server)).toBe(0));
    await eventually(async () => expect(await databaseConnections()).toBe(0));
  });
});

describe('a cell that cannot be opened', () => {
  it('closes the database when the bucket refuses', async () => {
    const { server, settings } = await startBucket(403);
    await expect(open(settings)).rejects.toThrow('HTTP 403');
    await eventually(async () => expect(await databaseConnections()).toBe(0));
    await eventually(async () => expect(await connectionsTo(server)).toBe(0));
  });

  it('closes the bucket too when the queues cannot be made', async () => {
    await database.pool.query(
      'DROP SCHEMA bullmq CASCADE; CREATE SCHEMA bullmq; CREATE VIEW bullmq.migration AS SELECT 1 AS in_the_way',
    );
    const { server, settings } = await startBucket();
    await expect(open(settings)).rejects.toThrow();
    await eventually(async () => expect(await connectionsTo(server)).toBe(0));
    await eventually(async () => expect(await databaseConnections()).toBe(0));
  });

  it('stops the embedded PostgreSQL', async () => {
    const { settings } = await startBucket(403);
    await expect(open({ ...settings, DATABASE_URL: '' })).rejects.toThrow('HTTP 403');
    expect(existsSync(join(directory, 'data/postgres/cluster/PG_VERSION'))).toBe(true);
    expect(existsSync(join(directory, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
  }, 60_000);
});

it('writes no key file where the database has keys of another, and says where it looked', async () => {
  const keyFile = join(directory, 'data.keys.json');
  const first = await open({});
  await first.keys.seal(randomUUID(), Buffer.from('x'), 'x');
  await first.close();
  await rename(keyFile, join(directory, 'aside'));
  await expect(open({})).rejects.toThrow(`The key file ${keyFile} is missing`);
  expect(existsSync(keyFile)).toBe(false);
  await KeyFileKeyEncryptionKeys.open(keyFile);
  await expect(open({})).rejects.toThrow(`The key file ${keyFile} is not this database's`);
  await eventually(async () => expect(await databaseConnections()).toBe(0));
});

describe('a cell whose log is in EventStoreDB', () => {
  let cluster: EventStoreDbCluster;
  beforeEach(async () => void (cluster = await EventStoreDbCluster.start(3)));
  afterEach(() => cluster.stop());
  const settings = () => ({
    EVENT_STORE: 'eventstoredb',
    EVENTSTORE_URL: `kurrentdb://${cluster.ports.map((port) => `127.0.0.1:${port}`).join(',')}/?tls=false`,
  });

  it('opens on all the addresses of a cluster, and its own events are in its own log', async () => {
    const cell = await open(settings());
    const scoped = new ScopedLog(cell.store, cell.database.pool);
    await eventually(async () => expect(await scoped.size(CELL)).toBe(1));
    const [founded] = await scoped.read(CELL, 0, 1);
    expect(founded!.event.type).toBe('CellFounded');
    await cell.close();
    expect([...cluster.log.streams.keys()]).toContain('screendesk.cell-identity');
    await (await open(settings())).close();
  });

  it('says, when that falls silent, that it is away and when to come back, is not ready, and goes on by itself', async () => {
    const wire = await startProxy(new URL(`http://127.0.0.1:${cluster.ports[0]}`));
    const app = await WholeApp.start({ ...settings(), EVENTSTORE_URL: `esdb://127.0.0.1:${wire.port}?tls=false` });
    const { admin } = await app.workspace();
    const ready = async () => (await fetch(`${app.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    wire.freeze();
    const begun = performance.now();
    const asked = await Promise.all([1, 2, 3].map(() => admin.post('recording-requests', {})));
    expect(performance.now() - begun).toBeLessThan(11_000);
    for (const { status, headers } of [...asked, await admin.post('recording-requests', {})])
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(await ready()).toBe(503);
    wire.thaw();
    const back = performance.now();
    await eventually(async () => expect((await admin.post('recording-requests', {})).status).toBe(201));
    await eventually(async () => expect(await ready()).toBe(200));
    expect(performance.now() - back).toBeLessThan(15_000);
    await app.stop();
    await wire.stop();
  }, 60_000);

  it('does not open beside another log than its own, and says what to do', async () => {
    await (await open({})).close();
    await expect(open(settings())).rejects.toThrow(/^The database is that of cell .* Set EVENT_STORE/);
    await eventually(async () => expect(await databaseConnections()).toBe(0));
  });
});

describe('a start that finds a part away', () => {
  const said: string[] = [];
  const beginning = (settings: Record<string, string>, patienceMs = 30_000, stopping = new AbortController().signal) =>
    openCell(readConfig({ DATABASE_URL: database.url, DATA_DIR: join(directory, 'data'), ...settings }), {
      ...{ stopping, patienceMs },
      say: (line) => void said.push(line),
    });
  const through = (port: number) => Object.assign(new URL(database.url), { host: `127.0.0.1:${port}` }).href;
  beforeEach(() => void (said.length = 0));

  it('waits for the database, the bucket and the log, says so once of each, and goes on', async () => {
    const [forDatabase, forBucket, cluster] = [await freePort(), await freePort(), await EventStoreDbCluster.start()];
    const forLog = await freePort();
    const opening = beginning({
      DATABASE_URL: through(forDatabase),
      ...{ S3_BUCKET: 'b', S3_ENDPOINT: `http://127.0.0.1:${forBucket}`, S3_FORCE_PATH_STYLE: 'true' },
      ...{ EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: `esdb://127.0.0.1:${forLog}?tls=false` },
    });
    const proxies = [];
    await eventually(() => expect(said).toEqual([expect.stringMatching(/^PostgreSQL at .* Waiting for it, for 30 s/)]));
    proxies.push(await startProxy(new URL(database.url), forDatabase));
    await eventually(() => expect(said[1]).toMatch(/^The S3 bucket "b" .* Waiting for it/));
    const { server } = await startBucket();
    const { port } = server.address() as AddressInfo;
    proxies.push(await startProxy(new URL(`http://127.0.0.1:${port}`), forBucket));
    await eventually(() => expect(said[2]).toMatch(/^The log in EventStoreDB .* Waiting for it/));
    proxies.push(await startProxy(new URL(`http://127.0.0.1:${cluster.ports[0]}`), forLog));
    await (await opening).close();
    expect(said).toHaveLength(3);
    for (const proxy of proxies) await proxy.stop();
    cluster.stop();
  }, 60_000);

  it('ends with its sentence when that does not come, and at once when it is stopped, though the part is silent', async () => {
    await expect(beginning({ DATABASE_URL: through(1) }, 10)).rejects.toThrow(StartProblem);
    const silent = await startProxy(new URL(database.url));
    silent.freeze();
    for (const url of [through(silent.port), through(1)]) {
      const stopping = new AbortController();
      const opening = beginning({ DATABASE_URL: url }, 30_000, stopping.signal);
      const stopped = expect(opening).rejects.toThrow('stopped');
      setImmediate(() => stopping.abort(new Error('stopped')));
      const begun = performance.now();
      await stopped;
      expect(performance.now() - begun).toBeLessThan(1_000);
    }
    await silent.stop();
  });
});

it('says which port is taken, and leaves nothing open', async () => {
  const { server } = await startBucket();
  const { port } = server.address() as AddressInfo;
  const cell = await open({ PORT: String(port) });
  await expect(serve(cell, new NestLogger(createLogger('silent')))).rejects.toThrow(`Port ${port} is in use.`);
  await eventually(async () => expect(await databaseConnections()).toBe(0));
}, 30_000);

(redisInstalled() ? describe : describe.skip)('with Redis', () => {
  let redis: TestRedis;
  let client: Redis;
  beforeEach(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
  });
  afterEach(async () => {
    client.disconnect();
    await redis.stop();
  });

  it('counts the calls to the API there, and leaves no connection when it stops', async () => {
    const app = await WholeApp.start({ REDIS_URL: redis.url });
    const { status } = await app.stranger().get('workspace');
    const counted = await client.keys('rate:api_calls:*');
    await app.stop();
    expect([status, counted.length]).toEqual([401, 1]);
    await eventually(async () =>
      expect(
        String(await client.client('LIST'))
          .trim()
          .split('\n'),
      ).toHaveLength(1),
    );
  });

  it('closes its cell although Redis has gone away', async () => {
    const cell = await open({ REDIS_URL: redis.url });
    await redis.stop();
    await cell.close();
    expect(await databaseConnections()).toBe(0);
  });

  it('serves although there is no Redis yet', async () => {
    const app = await WholeApp.start({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    await eventually(async () => expect((await fetch(`${app.url}/readyz`)).status).toBe(200));
    const { admin } = await app.workspace();
    await admin.post('recording-requests', {}).expect(201);
    await app.stop();
  });
});
