import { InUse, type Use } from '#platform/consumers/in-use.js';
import { Retirement } from '#platform/consumers/retirement.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { postgresQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor } from '#platform/jobs/processor-consumer.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

let fresh: FreshDatabase;
let database: Database;
let backend: QueueBackend;
let jobs: DurableJobs;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = new Database(fresh.pool);
  backend = await postgresQueues(fresh.url);
  jobs = new DurableJobs(database, backend);
});
afterEach(async () => {
  await jobs.close();
  await backend.close();
  await fresh.drop();
});

const names = async (table: string) =>
  (await fresh.pool.query(`SELECT name FROM platform.${table} ORDER BY name`)).rows.map(({ name }) => name);

it('removes the checkpoint, the queue and the jobs of a processor whose code is gone, an hour after its last program', async () => {
  const store = new PostgresEventStore(fresh.pool);
  for (const queue of ['test-kept', 'test-gone']) await prepareProcessor({ database, store }, { queue, on: {} });
  await store.close();
  jobs.register(['test-kept', 'test-gone'].map((queue) => ({ queue, attempts: 1 })));
  for (const queue of ['test-kept', 'test-gone']) await jobs.enqueue(queue, '1', {});
  const usesOf = (queue: string): Use[] => [
    { kind: 'processor', name: `jobs.${queue}` },
    { kind: 'queue', name: queue },
  ];
  await new InUse(database, usesOf('test-gone')).say();
  const inUse = new InUse(database, usesOf('test-kept'));
  await inUse.say();
  const retirement = new Retirement(database, inUse, { projections: [], jobs });
  expect(await retirement.run()).toEqual([]);
  await fresh.pool.query(`UPDATE platform.in_use SET seen_at = now() - interval '61 minutes'`);
  expect((await retirement.run()).sort((a, b) => a.name.localeCompare(b.name))).toEqual(usesOf('test-gone'));
  expect(await names('consumer')).toEqual(['jobs.test-kept']);
  expect(await names('in_use')).toEqual(['jobs.test-kept', 'test-kept']);
  expect(await jobs.queue('test-gone').getWaitingCount()).toBe(0);
  expect(await jobs.queue('test-kept').getWaitingCount()).toBe(1);
  expect((await fresh.pool.query('SELECT id FROM platform.job')).rows).toEqual([{ id: 'test-kept-1' }]);
});
