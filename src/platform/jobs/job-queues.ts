import { createPostgresBackend, createRedisBackend, runMigrations, withBackend, type Queue, type Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { JobData } from './job.js';

/** The constructors of BullMQ bound to one backend. Chosen per cell, so never through BullMQ's process-wide default. */
export interface QueueBackend {
  queue(name: string): Queue;
  worker(name: string, run: (job: { data: JobData }) => Promise<void>, options: { concurrency: number }): Worker;
  close(): Promise<void>;
}

const KEEP = { removeOnComplete: { count: 200 }, removeOnFail: { count: 1000 } } as const;

/** Jobs in the cell's PostgreSQL. @param listeners how many queues will be worked on: each needs a LISTEN connection of its own */
export async function postgresQueues(connectionString: string, listeners: number): Promise<QueueBackend> {
  const options = '-c search_path=bullmq';
  const pool = new pg.Pool({ connectionString, max: 2 * listeners + 6, keepAlive: true, options });
  pool.setMaxListeners(0); // every queue and worker listens for errors on it
  pool.on('error', () => undefined);
  const client = await pool.connect();
  await runMigrations(client).finally(() => client.release());
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    queue: (name) => new Queue(name, { connection: pool, defaultJobOptions: KEEP }) as unknown as Queue,
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection: pool, concurrency, maxStalledCount: 3 }) as unknown as Worker,
    close: () => pool.end(),
  };
}

/** Jobs in Redis, for scale. Workers need a connection that never gives up; producers fail fast instead of hanging. */
export async function redisQueues(url: string): Promise<QueueBackend> {
  const patient = new Redis(url, { maxRetriesPerRequest: null });
  const hasty = new Redis(url, { maxRetriesPerRequest: 2 });
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    queue: (name) => new Queue(name, { connection: hasty, defaultJobOptions: KEEP }) as unknown as Queue,
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection: patient, concurrency, maxStalledCount: 3 }) as unknown as Worker,
    close: async () => void (await Promise.allSettled([patient.quit(), hasty.quit()])),
  };
}
