import { createRedisBackend, runMigrations, withBackend, type Queue, type Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { withoutLimits } from '#platform/database/long-work.js';
import type { JobData } from './job.js';
import { answered } from './queue-away.js';
import { JobConnections } from './postgres-connections.js';
import { requireAccess, sayingRefusals } from './redis-access.js';

export type RunJob = (job: { data: JobData }, token?: string) => Promise<void>;

/** The constructors of BullMQ bound to one backend. Chosen per cell, so never through BullMQ's process-wide default. */
export interface QueueBackend {
  queue(name: string): Queue;
  /** @param run is told, too, by which token this worker holds the job */
  worker(name: string, run: RunJob, options: { concurrency: number }): Worker;
  close(): Promise<void>;
}

/** A worker that died is missed after ten seconds, and its job goes to another; how often is for `JobRunner` to say. */
const STALLED = { lockDuration: 10_000, stalledInterval: 5000, maxStalledCount: 1000 } as const;
const KEEP = { removeOnComplete: { count: 200 }, removeOnFail: { count: 1000 } } as const;

/** Jobs in the cell's PostgreSQL, on {@link JOB_CONNECTIONS} connections. */
export async function postgresQueues(connectionString: string): Promise<QueueBackend> {
  const connections = new JobConnections(connectionString);
  await prepareSchema(connections);
  const { Queue, Worker } = withBackend(connections.backend);
  const connection = connections.pool;
  return {
    queue: (name) => quiet(new Queue(name, { connection, defaultJobOptions: KEEP }) as unknown as Queue),
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection, concurrency, ...STALLED }) as unknown as Worker,
    close: () => connections.close(),
  };
}

/** The connections are nobody's when it fails, so they are closed here. */
async function prepareSchema(connections: JobConnections): Promise<void> {
  try {
    await withoutLimits(connections.pool, (client) => runMigrations(client));
  } catch (error) {
    await connections.close();
    throw error;
  }
}

const CONNECT_MS = 5_000;
/** Longer than a worker lets Redis wait for the next job, which is ten seconds at the most. */
const SILENT_MS = 15_000;
/** A command that adds or looks something up is answered in milliseconds. */
const COMMAND_MS = 5_000;
const LINE = { connectTimeout: CONNECT_MS, socketTimeout: SILENT_MS };
const HASTY = { commandTimeout: COMMAND_MS, socketTimeout: COMMAND_MS };

/**
 * Jobs in Redis, for scale. Workers need a connection that never gives up; producers fail fast instead of hanging. A
 * line that falls silent is replaced.
 * @throws StartProblem when Redis is there and refuses us; one that is away is waited for
 */
export async function redisQueues(url: string): Promise<QueueBackend> {
  await requireAccess(url);
  const patient = sayingRefusals(new Redis(url, { ...LINE, maxRetriesPerRequest: null }), url);
  const hasty = sayingRefusals(new Redis(url, { ...LINE, maxRetriesPerRequest: 2, ...HASTY }), url);
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    queue: (name) => quiet(new Queue(name, { connection: hasty, defaultJobOptions: KEEP }) as unknown as Queue),
    worker: (name, run, { concurrency }) =>
      new Worker(name, run as never, { connection: patient, concurrency, ...STALLED }) as unknown as Worker,
    close: async () => void (await Promise.allSettled([patient, hasty].map(leave))),
  };
}

const GOODBYE_MS = 1_000;

/** Says goodbye where somebody listens: a connection that waits for Redis to come back, or to answer, would wait with it. */
async function leave(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await answered(redis.quit(), GOODBYE_MS).catch(() => undefined);
  redis.disconnect();
}

/** Connections come back by themselves, and a call that failed says so itself: nobody need print it as well. */
function quiet(source: Queue): Queue {
  source.on('error', () => undefined);
  return source;
}
