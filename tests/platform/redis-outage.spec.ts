import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { StartProblem } from '#platform/config/start-problem.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { redisQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { Reconciler } from '#platform/jobs/reconciler.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { counted } from '../support/counted.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.js';

(redisInstalled() ? describe : describe.skip)('a processor whose Redis', () => {
  let fresh: FreshDatabase;
  let store: PostgresEventStore;
  let redis: TestRedis;
  let backend: QueueBackend;
  let queue: Queue;
  let jobs: DurableJobs;
  let runner: ConsumerRunner;
  const seen: string[] = [];

  beforeEach(async () => {
    seen.length = 0;
    fresh = await freshDatabase();
    store = new PostgresEventStore(fresh.pool);
    redis = await startRedis();
    backend = await redisQueues(redis.url);
    const database = new Database(fresh.pool);
    const processor: Processor = { queue: 'test-count', on: handlersOf(counted, { Counted: () => ({ data: {} }) }) };
    jobs = new DurableJobs(database, backend);
    jobs.register([{ queue: processor.queue, attempts: 1 }]);
    await prepareProcessor({ database, store }, processor);
    queue = jobs.queue(processor.queue);
    await queue.waitUntilReady();
    const watch = { parked: () => seen.push('parked'), interrupted: () => seen.push('interrupted') };
    runner = new ConsumerRunner(processorConsumer(processor, jobs), { store, database }, watch);
    runner.start();
  });

  afterEach(async () => {
    await runner.stop();
    await queue.close();
    await backend.close();
    await redis.stop();
    await store.close();
    await fresh.drop();
  });

  async function append(): Promise<void> {
    const event = { eventId: randomUUID(), type: 'Counted', schemaVersion: 1, at: new Date(), data: {} };
    await store.append(`a-${randomUUID()}`, 'no_stream', [{ ...event, meta: systemMeta, sealed: [] }]);
  }

  async function expectJob(): Promise<void> {
    await eventually(async () => expect(await queue.getWaitingCount()).toBe(1));
    expect(seen).not.toContain('parked');
  }

  it('is away goes on when it is back', async () => {
    await redis.stop();
    await append();
    redis = await startRedis(redis.port);
    await expectJob();
  });

  it('is full tries again until there is room, rather than park', async () => {
    const operator = new Redis(redis.url);
    await operator.config('SET', 'maxmemory', '1');
    await append();
    await eventually(() => expect(seen).not.toEqual([]));
    await operator.config('SET', 'maxmemory', '0');
    operator.disconnect();
    await expectJob();
  });

  it('refuses the password it took before says so by name, parks nothing, and goes on when it takes it again', async () => {
    const said: unknown[] = [];
    Logger.overrideLogger({ log: () => undefined, error: () => undefined, warn: (line: unknown) => said.push(line) });
    const operator = new Redis(redis.url);
    await operator.config('SET', 'requirepass', 'another');
    await operator.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await append();
    await eventually(() => expect(seen).toContain('interrupted'));
    const refused = `Redis at 127.0.0.1:${redis.port} wants a password, and none is set. Look at REDIS_URL.`;
    expect(said).toContain(`${refused} Jobs wait until it lets us in.`);
    await operator.config('SET', 'requirepass', '');
    operator.disconnect();
    Logger.overrideLogger(false);
    await expectJob();
  });

  it('does not let us in from the start stops it, with a sentence that does not repeat the password', async () => {
    const operator = new Redis(redis.url);
    await operator.acl('SETUSER', 'narrow', 'on', '>right', '~*', '+info');
    await operator.config('SET', 'requirepass', 'right');
    operator.disconnect();
    const at = `127.0.0.1:${redis.port}`;
    const refusals = [
      [`redis://${at}`, 'wants a password, and none is set'],
      [`redis://:wrong@${at}`, 'refuses the user or the password'],
      [`redis://narrow:right@${at}`, 'does not let this user do what the queues need (see ACL LIST there)'],
    ];
    for (const [url, why] of refusals)
      await expect(redisQueues(url!)).rejects.toEqual(new StartProblem(`Redis at ${at} ${why}. Look at REDIS_URL.`));
    await (await redisQueues(`redis://:right@${at}`)).close();
  });

  it('loses everything while workers wait on it has all of it back, and what repeats goes on', async () => {
    const done: string[] = [];
    const doing = (name: string, every?: number) =>
      Object.assign(
        new (class extends JobHandler {
          queue = name;
          override every = every;
          async run() {
            done.push(name);
          }
        })(),
      );
    const handlers = [doing('test-count'), doing('test-repeat', 1000)];
    const look = new Reconciler(
      { jobs, store },
      { handlers, processors: [], unfinished: [] },
      { foundMissing: () => undefined, interrupted: () => undefined },
    );
    jobs.register(handlers);
    await append();
    await expectJob();
    const operator = new Redis(redis.url);
    await operator.flushall();
    operator.disconnect();
    const worker = new JobRunner(jobs, { jobFailed: () => undefined });
    await worker.start(handlers);
    await fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 minute'`);
    await look.look();
    await eventually(() => expect(new Set(done)).toEqual(new Set(['test-count', 'test-repeat'])));
    expect(done.filter((name) => name === 'test-count')).toHaveLength(1);
    await worker.stop();
  });
});
