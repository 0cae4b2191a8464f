import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Config } from '#platform/config/config.js';
import { Database, openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import type { EventStore } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { postgresQueues, redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import type { ObjectStorage } from '#platform/object-storage/object-storage.js';

/** More than there will be queues: each one worked on holds a LISTEN connection. */
const QUEUES = 12;

/** A region's own database, event store, keys, storage and queues, opened from one configuration. */
export interface Cell {
  readonly config: Config;
  readonly database: Database;
  readonly store: EventStore;
  readonly keys: PostgresKeyRing;
  readonly storage: ObjectStorage;
  readonly queues: QueueBackend;
  /** Closes everything in the order that loses nothing. Nothing may use the cell any more. */
  close(): Promise<void>;
}

/** Opens a cell on the adapters that the configuration chooses, and migrates its database. */
export async function openCell(config: Config): Promise<Cell> {
  await mkdir(config.dataDir, { recursive: true });
  const postgres = await openPostgres(config);
  const pool = openPool(postgres.url, config.values.DATABASE_POOL);
  try {
    await migrate(pool);
    const keys = new PostgresKeyRing(pool, await KeyFileKeyEncryptionKeys.open(config.keyFile));
    await keys.verify();
    const storage = await openStorage(config);
    const queues = config.values.REDIS_URL
      ? await redisQueues(config.values.REDIS_URL)
      : await postgresQueues(postgres.url, QUEUES);
    const store = await openStore(config, pool);
    const close = async () => {
      await queues.close();
      await store.close();
      await keys.close();
      await pool.end();
      await postgres.stop();
    };
    return { config, database: new Database(pool), store, keys, storage, queues, close };
  } catch (error) {
    await pool.end();
    await postgres.stop();
    throw error;
  }
}

async function openPostgres({ values, dataDir }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (values.DATABASE_URL) return { url: values.DATABASE_URL, stop: async () => undefined };
  return startEmbeddedPostgres(join(dataDir, 'postgres'));
}

/** Adapters for scale are loaded only where they are chosen: a laptop should not pay for the AWS SDK's memory. */
async function openStorage({ values, dataDir }: Config): Promise<ObjectStorage> {
  if (!values.S3_BUCKET) return DiskObjectStorage.open(join(dataDir, 'objects'));
  const { S3ObjectStorage } = await import('#platform/object-storage/s3-object-storage.js');
  return S3ObjectStorage.open({
    bucket: values.S3_BUCKET,
    endpoint: values.S3_ENDPOINT || undefined,
    region: values.S3_REGION,
    forcePathStyle: values.S3_FORCE_PATH_STYLE === 'true',
  });
}

async function openStore({ values }: Config, pool: Pool): Promise<EventStore> {
  if (values.EVENT_STORE === 'postgres') return new PostgresEventStore(pool);
  const { EventStoreDbEventStore } = await import('#platform/event-store/eventstoredb-event-store.js');
  return EventStoreDbEventStore.connect(values.EVENTSTORE_URL, pool);
}
