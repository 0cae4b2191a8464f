import { join } from 'node:path';
import type { Pool } from 'pg';
import { mediaAreKnown } from '#modules/media/media.module.js';
import type { Config } from '#platform/config/config.js';
import { SETTINGS } from '#platform/config/settings.js';
import { requireConnections } from '#platform/database/connection-allowance.js';
import { Database, openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import type { EventStore } from '#platform/event-store/event-store.js';
import { identifyLog, refuseLogBeforePrefixes, streamPrefixOf } from '#platform/event-store/log-identity.js';
import { LogWatch } from '#platform/event-store/log-watch.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { ScopeIndexer } from '#platform/event-store/scope-indexer.js';
import { makeFolder } from '#platform/files/make-folder.js';
import { type LimiterFactory, memoryLimiters } from '#platform/http/rate-limits.js';
import { redisLimiters, type SharedLimiters } from '#platform/http/redis-limiters.js';
import { postgresQueues, redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { JOB_CONNECTIONS } from '#platform/jobs/postgres-connections.js';
import { KEY_NEWS_CONNECTIONS } from '#platform/key-ring/key-news.js';
import { openKeyRing } from '#platform/key-ring/open-key-ring.js';
import type { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import type { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { AT_ONCE, type Starting, whenThere } from './when-there.js';

/** A region's own database, event store, keys, storage, queues and limits, opened from one configuration. */
export interface Cell {
  readonly config: Config;
  readonly database: Database;
  readonly store: EventStore;
  readonly keys: PostgresKeyRing;
  readonly storage: ObjectStorage;
  readonly jobs: DurableJobs;
  /** Says when the log is not this database's any more. */
  readonly logWatch: LogWatch;
  /** Where rates are counted. */
  readonly limiters: LimiterFactory;
  /** Closes everything in the order that loses nothing. Nothing may use the cell any more. */
  close(): Promise<void>;
}

/**
 * Opens a cell on the adapters that the configuration chooses, and migrates its database. Opens all of it or nothing.
 * @param starting whether it waits for parts that do not answer yet; by default not
 */
export async function openCell(config: Config, starting = AT_ONCE): Promise<Cell> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(config, opened, starting);
  } catch (error) {
    await opened.disposeAsync().catch(() => undefined); // why it did not open is what matters
    throw error;
  }
}

/** What is opened last is closed first. */
async function open(config: Config, opened: AsyncDisposableStack, starting: Starting): Promise<Cell> {
  const { stopping } = starting;
  await makeFolder(config.dataDir, 'The data directory');
  const postgres = opened.adopt(await openPostgres(config), ({ stop }) => stop());
  stopping.throwIfAborted();
  const needed = connectionsOf(config);
  await whenThere(() => requireConnections(postgres.url, needed, config.values.DATABASE_POOL), starting);
  const pool = opened.adopt(openPool(postgres.url, config.values.DATABASE_POOL), (one) => one.end());
  stopping.throwIfAborted();
  await migrate(pool);
  stopping.throwIfAborted();
  const keys = opened.adopt(await openKeyRing(config.keyFile, pool), (ring) => ring.close());
  const storage = await whenThere(() => openStorage(config, opened, () => mediaAreKnown(pool)), starting);
  const { store, where } = await openStore(config, pool, opened, starting);
  const logWatch = opened.adopt(new LogWatch(store, pool, where), (watch) => watch.close());
  if (config.runsWorker) opened.adopt(new ScopeIndexer(store, pool), (indexer) => indexer.close());
  const queues = opened.adopt(await openQueues(config, postgres.url), (backend) => backend.close());
  const { limiters } = opened.adopt(await openLimiters(config), (shared) => shared.close());
  const database = new Database(pool);
  const parts = { config, database, store, keys, storage, jobs: new DurableJobs(database, queues), limiters, logWatch };
  return { ...parts, close: () => opened.disposeAsync() };
}

/** How many connections to PostgreSQL one process opens at the most. */
export function connectionsOf({ values }: Config): number {
  return values.DATABASE_POOL + KEY_NEWS_CONNECTIONS + (values.REDIS_URL ? 0 : JOB_CONNECTIONS);
}

async function openPostgres({ values, dataDir }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (values.DATABASE_URL) return { url: values.DATABASE_URL, stop: async () => undefined };
  return startEmbeddedPostgres(join(dataDir, 'postgres'));
}

/** Adapters for scale are loaded only where they are chosen: a laptop should not pay for the AWS SDK's memory. */
async function openStorage(
  { values, objectsDir }: Config,
  opened: AsyncDisposableStack,
  knowsObjects: () => Promise<boolean>,
): Promise<ObjectStorage> {
  if (!values.S3_BUCKET) return DiskObjectStorage.open(objectsDir, knowsObjects);
  const { S3ObjectStorage } = await import('#platform/object-storage/s3-object-storage.js');
  const storage = await S3ObjectStorage.open({
    bucket: values.S3_BUCKET,
    endpoint: values.S3_ENDPOINT || undefined,
    region: values.S3_REGION,
    forcePathStyle: values.S3_FORCE_PATH_STYLE === 'true',
  });
  return opened.adopt(storage, (bucket) => bucket.close());
}

/** The log, and where it is for whoever has to look there. */
interface OpenedStore {
  readonly store: EventStore;
  readonly where: string;
}

/** @throws StartProblem when the log is not that of this database */
export async function openStore(
  { values }: Config,
  pool: Pool,
  opened: AsyncDisposableStack,
  starting = AT_ONCE,
): Promise<OpenedStore> {
  if (values.EVENT_STORE === 'postgres') {
    const [store, where] = [new PostgresEventStore(pool), 'PostgreSQL (DATABASE_URL)'];
    opened.adopt(store, (one) => one.close());
    await identifyLog(store, pool, where);
    return { store, where };
  }
  const { EventStoreDbEventStore } = await import('#platform/event-store/eventstoredb-event-store.js');
  const prefix = await streamPrefixOf(pool, values.EVENTSTORE_PREFIX);
  const connected = EventStoreDbEventStore.connect(values.EVENTSTORE_URL, pool, prefix);
  const store = opened.adopt(connected, (one) => one.close());
  const where = prefix ? `EventStoreDB (EVENTSTORE_URL, streams "${prefix}.…")` : 'EventStoreDB (EVENTSTORE_URL)';
  const identify = async () => {
    if (prefix === SETTINGS.EVENTSTORE_PREFIX.fallback) await refuseLogBeforePrefixes(store, pool, where);
    await identifyLog(store, pool, where, prefix);
  };
  await whenThere(identify, starting);
  return { store, where };
}

async function openQueues({ values }: Config, databaseUrl: string): Promise<QueueBackend> {
  return values.REDIS_URL ? redisQueues(values.REDIS_URL) : postgresQueues(databaseUrl);
}

async function openLimiters({ values }: Config): Promise<SharedLimiters> {
  return values.REDIS_URL
    ? redisLimiters(values.REDIS_URL)
    : { limiters: memoryLimiters, close: async () => undefined };
}
