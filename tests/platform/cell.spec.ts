import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { readConfig } from '#platform/config/config.js';
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

  it('does not open beside another log than its own, and says what to do', async () => {
    await (await open({})).close();
    await expect(open(settings())).rejects.toThrow(/^The database is that of cell .* Set EVENT_STORE/);
    await eventually(async () => expect(await databaseConnections()).toBe(0));
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

  it('opens its cell although there is no Redis yet', async () => {
    const cell = await open({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    await cell.close();
  });
});
