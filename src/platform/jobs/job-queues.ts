import { createPostgresBackend, createRedisBackend, runMigrations, withBackend, type Queue, type Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { surviving } from '#platform/database/database.js';
import type { JobData } from './job.js';

/** The constructors of BullMQ bound to one backend. Chosen per cell, so never through BullMQ's process-wide default. */
export interface QueueBackend {
  queue(name: string): Queue;
  worker(name: string, run: (job: { data: JobData }) => Promise<void>, options: { concurrency: number }): Worker;
  close(): Promise<void>;
}

/** A worker that died is missed after ten seconds, and its job goes to another; how often is for `JobRunner` to say. */
const STALLED = { lockDuration: 10_000, stalledInterval: 5000, maxStalledCount: 1000 } as const;
const KEEP = { removeOnComplete: { count: 200 }, removeOnFail: { count: 1000 } } as const;

/** Jobs in the cell's PostgreSQL. @param listeners how many queues will be worked on: each needs a LISTEN connection of its own */
export async function postgresQueues(connectionString: string, listeners: number): Promise<QueueBackend> {
  const options = '-c search_path=bullmq';
  const pool = surviving(new pg.Pool({ connectionString, max: 2 * listeners + 6, keepAlive: true, options }));
  await prepareSchema(pool);
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    queue: (name) => quiet(new Queue(name, { connection: pool, defaultJobOptions: KEEP }) as unknown as Queue),
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection: pool, concurrency, ...STALLED }) as unknown as Worker,
    close: () => pool.end(),
  };
}

/** The pool is nobody's when it fails, so it is closed here. */
async function prepareSchema(pool: pg.Pool): Promise<void> {
  try {
    const client = await pool.connect();
    await runMigrations(client).finally(() => client.release());
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Jobs in Redis, for scale. Workers need a connection that never gives up; producers fail fast instead of hanging. */
export async function redisQueues(url: string): Promise<QueueBackend> {
  const patient = quiet(new Redis(url, { maxRetriesPerRequest: null }));
  const hasty = quiet(new Redis(url, { maxRetriesPerRequest: 2 }));
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    queue: (name) => quiet(new Queue(name, { connection: hasty, defaultJobOptions: KEEP }) as unknown as Queue),
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection: patient, concurrency, ...STALLED }) as unknown as Worker,
    close: async () => void (await Promise.allSettled([patient, hasty].map(leave))),
  };
}

/** Says goodbye where somebody listens: a connection that waits for Redis to come back would wait with it. */
async function leave(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit();
  else redis.disconnect();
}

/** Connections come back by themselves, and a call that failed says so itself: nobody need print it as well. */
function quiet<T extends Queue | Redis>(source: T): T {
  source.on('error', () => undefined);
  return source;
}
