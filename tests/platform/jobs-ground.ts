import { JobHandler, type JobContext, type Processor } from '#platform/jobs/job.js';
import { postgresQueues, redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { handlersOf, type TypedHandlers } from '#platform/streams/handlers.js';
import { counted, type Counted } from '../support/counted.js';
import type { FreshDatabase } from '../support/fresh-database.js';
import { redisInstalled, startRedis } from '../support/redis.js';

/** What the specs of jobs work with: a queue that notes numbers, what fills it, and each kind of queue there is. */

type Data = { n: number };

export class Recorder extends JobHandler<Data> {
  readonly queue = 'test-record-number';
  override readonly attempts = 3;
  readonly runs: { n: number; attempt: number }[] = [];
  fail: (data: Data, context: JobContext) => unknown = () => undefined;
  wanted = true;

  async run(data: Data, context: JobContext): Promise<void> {
    this.runs.push({ n: data.n, attempt: context.attempt });
    await this.fail(data, context);
  }

  override async isWanted(): Promise<boolean> {
    return this.wanted;
  }
}

export const NUMBERS: TypedHandlers<Counted, [], ReturnType<Processor['on'][string]>> = {
  Counted: ({ data: { n } }) => (n < 0 ? null : { data: { n } }),
  CountedTwice: ({ data: { n } }) => [{ data: { n } }, { data: { n: n + 1 } }],
};
export const processor: Processor = { queue: 'test-record-number', on: handlersOf(counted, NUMBERS) };
export interface Opened {
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

export const backends: Record<string, (fresh: FreshDatabase) => Promise<Opened>> = {
  PostgreSQL: async (fresh) => {
    const backend = await postgresQueues(fresh.url);
    return { backend, close: () => backend.close() };
  },
  ...(redisInstalled() && {
    Redis: async () => {
      const redis = await startRedis();
      const backend = await redisQueues(redis.url);
      return { backend, close: () => backend.close().finally(redis.stop) };
    },
  }),
};
