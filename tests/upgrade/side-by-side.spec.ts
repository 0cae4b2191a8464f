import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { workspaceOf } from '#kernel/event.js';
import type { Consumer } from '#platform/consumers/consumer.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { InUse } from '#platform/consumers/in-use.js';
import { Retirement } from '#platform/consumers/retirement.js';
import { migrate, MIGRATIONS } from '#platform/database/migrate.js';
import { postgresQueues } from '#platform/jobs/job-queues.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { listsAreWhole } from '#platform/projections/readiness.js';
import { GoldenLog } from '../recording/golden-log.js';
import { eventually } from '../support/eventually.js';
import { requestList } from '../support/lists.js';

const FIRST_WITH_VERSIONS = '013_consumers.sql';
const BEFORE = join(import.meta.dirname, 'lists-before-versions.sql');

let log: GoldenLog;
let directory: string;
const running = new Set<ConsumerRunner>();
beforeEach(async () => {
  log = await GoldenLog.open();
  directory = await mkdtemp(join(tmpdir(), 'migrations-'));
  await query('DROP TABLE platform.job, platform.in_use');
  await query('DELETE FROM public.migration WHERE name = $1', FIRST_WITH_VERSIONS);
  await query(await readFile(BEFORE, 'utf8'));
});
afterEach(async () => {
  await Promise.all([...running].map((runner) => runner.stop()));
  running.clear();
  await log.close();
  await rm(directory, { recursive: true });
});

const query = async (text: string, ...values: unknown[]) => (await log.fresh.pool.query(text, values)).rows;
const told = (...events: string[]) => log.tell(['RecordingRequested', ...events]);
const rows = (schema: string) => query(`SELECT id, status FROM ${schema}.request_list ORDER BY id`);

/** What the program before versions does with a request, to the rows that it knows. */
const old: Consumer = {
  name: 'recording.request_list',
  generation: 2,
  handles: ['RecordingRequested', 'RecordingRequestCancelled'],
  pageSize: 500,
  async handle(events, transaction) {
    for (const { type, data, meta, at, version } of events)
      if (type === 'RecordingRequested')
        await sql`INSERT INTO recording.request_list VALUES (${data.requestId}, ${workspaceOf(meta)}, 'sent', NULL, NULL,
          NULL, NULL, 0, '{}', ${at}, ${at}, ${at}, false, ${version})`.execute(transaction);
      else
        await sql`UPDATE recording.request_list SET status = 'cancelled', version = ${version}
          WHERE id = ${data.requestId}`.execute(transaction);
  },
};

function run(consumers: readonly Consumer[]): { stop(): Promise<unknown> } {
  const watch = { parked: () => undefined, interrupted: () => undefined };
  const runners = consumers.map((one) => new ConsumerRunner(one, { store: log.store, database: log.database }, watch));
  for (const runner of runners) {
    runner.start();
    running.add(runner);
  }
  return { stop: () => Promise.all(runners.map((runner) => runner.stop())) };
}

/** The migrations of a program that has one more than this one. */
async function oneMore(): Promise<string> {
  for (const file of await readdir(MIGRATIONS)) await cp(join(MIGRATIONS, file), join(directory, file));
  await writeFile(join(directory, '999_more.sql'), 'ALTER TABLE platform.consumer ADD COLUMN more int');
  return directory;
}

it('an installation from before versions moves over while its old program runs, and may go back', async () => {
  const first = await told('RecordingRequestCancelled');
  const before = run([old]);
  await eventually(async () => expect(await rows('recording')).toMatchObject([{ status: 'cancelled' }]));

  await migrate(log.fresh.pool, await oneMore()); // the new program starts
  const consumers = await prepareGenerations(log.database, requestList);
  const whole = listsAreWhole(log.database, [requestList]);
  await told();
  await eventually(async () => expect(await rows('recording')).toHaveLength(2)); // the old one goes on meanwhile
  await expect(whole()).rejects.toThrow('being built');
  const after = run(consumers);
  await eventually(whole);
  const both = await rows('recording_v6');
  expect(both).toEqual(await rows('recording'));
  expect(both).toContainEqual({ id: first.requestId, status: 'cancelled' });
  await told();
  for (const schema of ['recording', 'recording_v6'])
    await eventually(async () => expect(await rows(schema)).toHaveLength(3));

  await Promise.all([before.stop(), after.stop()]); // and back, past the migration
  await told();
  await migrate(log.fresh.pool, MIGRATIONS);
  run([old]);
  await eventually(async () => expect(await rows('recording')).toHaveLength(4));
  expect(await rows('recording_v6')).toHaveLength(3);
  run(consumers); // and forward again
  await eventually(async () => expect(await rows('recording_v6')).toHaveLength(4));
});

it('what the old program left goes an hour after it ended, and not before the new rows are whole', async () => {
  await told();
  const before = run([old]);
  await eventually(async () => expect(await rows('recording')).toHaveLength(1));
  await migrate(log.fresh.pool);
  const consumers = await prepareGenerations(log.database, requestList);
  const inUse = new InUse(log.database, [{ kind: 'projection', name: requestList.name }]);
  const queues = await postgresQueues(log.fresh.url);
  const work = { projections: [requestList], jobs: new DurableJobs(log.database, queues) };
  const retirement = new Retirement(log.database, inUse, work);
  await inUse.say();
  const anHourLater = () => query(`UPDATE platform.in_use SET seen_at = now() - interval '61 minutes'`);
  await anHourLater();
  await before.stop();
  expect(await retirement.run()).toEqual([]); // the new rows are not whole
  const again = run([old]);
  run(consumers);
  await eventually(listsAreWhole(log.database, [requestList]));
  const held = `SELECT FROM platform.consumer WHERE name = 'recording.request_list' AND lease_until > now()`;
  await eventually(async () => expect(await query(held)).toHaveLength(1));
  expect(await retirement.run()).toEqual([]); // the old program holds its lease
  await again.stop();
  const gone = [{ kind: 'projection', name: 'recording.request_list' }];
  expect(await retirement.run()).toEqual(gone);
  expect(await query(`SELECT to_regclass('recording.request_list') AS found`)).toEqual([{ found: null }]);
  expect(await query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'recording%' ORDER BY 1`)).toEqual([
    { nspname: 'recording' },
    { nspname: 'recording_v6' },
  ]);
  expect(await rows('recording_v6')).toHaveLength(1);
  expect(await retirement.run()).toEqual([]);
  await work.jobs.close();
  await queues.close();
});
