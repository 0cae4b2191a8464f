import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { postgresQueues, type QueueBackend } from '#platform/jobs/job-queues.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';

/** Ten times what a quiet machine takes. */
const PATIENCE_MS = 150_000;
/** By each of two lanes: as many as there are moments to die at. */
const KILLS = 6;
/** More is logged only as kills go by: a slow machine gets no longer list to work off. */
const EVENTS_PER_KILL = 120;

/** Words of statements at which most is at stake: what comes before them is done, what comes behind them is not. */
const MOMENTS = [
  'set "position"',
  'commit',
  '"platform"."job"',
  'delete from "platform"."in_use"',
  'DROP TABLE IF EXISTS',
  'INSERT INTO noted',
];

let fresh: FreshDatabase;
let store: PostgresEventStore;
let backend: QueueBackend;
let jobs: DurableJobs;
const children = new Set<ChildProcess>();
/** What somebody was told is asked for. */
const acknowledged = new Set<number>();
const troubles: string[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  store = new PostgresEventStore(fresh.pool);
  backend = await postgresQueues(fresh.url);
  jobs = new DurableJobs(new Database(fresh.pool), backend);
  await fresh.pool.query('CREATE TABLE noted (n int PRIMARY KEY)');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await jobs.close();
  await backend.close();
  await store.close();
  await fresh.drop();
});

let askers = 0;
function start({ dieAt = 0, dieOn = '', asks = true } = {}): {
  child: ChildProcess;
  up: Promise<unknown>;
  ended: Promise<unknown>;
} {
  const env = {
    ...process.env,
    WORK_URL: fresh.url,
    DIE_AT: String(dieAt),
    DIE_ON: dieOn,
    ASKER: asks ? String(++askers) : '',
  };
  const flags = ['--conditions=source', '--import', './tests/support/typescript.mjs'];
  const stdio = ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, [...flags, 'tests/faults/work-of-consumers.ts'], { env, stdio });
  children.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => (children.delete(child), resolve())));
  const up = Promise.withResolvers<void>();
  createInterface(child.stdout!).on('line', (line) => {
    const [word, n] = line.split(' ');
    if (word === 'asked') acknowledged.add(Number(n));
    else if (word === 'up') up.resolve();
    else troubles.push(line);
  });
  return { child, up: Promise.race([up.promise, ended]), ended };
}

let kills = 0;
/** One after the other: at a statement of its own choice, or whenever it pleases. */
async function killing(lane: number): Promise<void> {
  for (let killed = 0; killed < KILLS; killed++) {
    const byItself = (killed + lane) % 2 === 0;
    const { child, up, ended } = start(
      byItself ? { dieAt: 1 + (killed % 4), dieOn: MOMENTS[killed % MOMENTS.length] } : {},
    );
    await up;
    await Promise.race([ended, wait(byItself ? 3000 : Math.random() * 500)]);
    child.kill('SIGKILL');
    await ended;
    kills++;
  }
}

async function appending(isOver: () => boolean): Promise<void> {
  const versions = new Map<string, number>();
  for (let n = 1; !isOver(); n += 3) {
    const stream = `a-${n % 20}`;
    const version = versions.get(stream);
    const events = [n, n + 1, n + 2].map((each) => ({
      eventId: randomUUID(),
      type: each % 5 ? 'Counted' : 'CountedTwice',
      schemaVersion: 1,
      at: new Date(),
      data: { n: each },
      meta: systemMeta,
      sealed: [],
    }));
    versions.set(stream, (await store.append(stream, version ?? 'no_stream', events)).version);
    do await wait(20);
    while (!isOver() && n > EVENTS_PER_KILL * (kills + 1));
  }
}

/** Something whose code is gone: rows of a projection, a processor's checkpoint, a queue with a job. */
async function abandon(n: number): Promise<void> {
  await fresh.pool.query(`CREATE SCHEMA gone${n}_v1; CREATE TABLE gone${n}_v1.things (id int)`);
  await jobs.ledger.ask([{ id: `test-gone${n}-1`, queue: `test-gone${n}`, data: {} }]);
  await jobs.queue(`test-gone${n}`).add('gone', {});
  await fresh.pool.query(`INSERT INTO platform.consumer (name, version, status) VALUES
    ('gone${n}.things@1', 1, 'serving'), ('jobs.test-gone${n}', 1, 'serving')`);
  await fresh.pool.query(`INSERT INTO platform.in_use (kind, name, seen_at)
    SELECT kind, name, now() - interval '2 hours' FROM (VALUES ('projection', 'gone${n}.things@1'),
      ('processor', 'jobs.test-gone${n}'), ('queue', 'test-gone${n}')) AS gone (kind, name)`);
}

async function abandoning(isOver: () => boolean): Promise<void> {
  for (let n = 1; !isOver(); n++) {
    await abandon(n);
    await overdue();
    await wait(500);
  }
}

/** What was asked for and is not done is looked for now, instead of minutes later. */
const overdue = () =>
  fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 hour', looked_at = NULL
    WHERE done_at IS NULL AND asked_at < now() - interval '1 second'`);

const numbersOf = async (text: string) => (await fresh.pool.query(text)).rows.map(({ n }) => n as number);

async function logged(): Promise<{ tallies: unknown[]; numbers: number[] }> {
  const tallies = new Map<string, { id: string; sum: number; count: number }>();
  const numbers: number[] = [];
  for (let [after, atEnd] = [-1n, false]; !atEnd;) {
    const page = await store.readLog(after, { limit: 1000 });
    [after, atEnd] = [page.next, page.atEnd];
    for (const { stream: id, type, data } of page.events) {
      const [n, times] = [Number(data.n), type === 'CountedTwice' ? 2 : 1];
      const { sum, count } = tallies.get(id) ?? { sum: 0, count: 0 };
      tallies.set(id, { id, sum: sum + times * n, count: count + 1 });
      numbers.push(n, ...(times === 2 ? [-n] : []));
    }
  }
  return { tallies: [...tallies.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), numbers };
}

it('loses, repeats and leaves over nothing while those who apply, ask, do, reconcile and retire are killed', async () => {
  let over = false;
  const killed = Promise.all([killing(0), killing(1)]).finally(() => (over = true));
  await Promise.all([killed, appending(() => over), abandoning(() => over)]);
  start({ asks: false });
  const { tallies, numbers } = await logged();
  const looking = setInterval(() => void overdue().catch(() => undefined), 1000);
  await eventually(async () => {
    const rows = (await fresh.pool.query('SELECT * FROM tallies_v1.tally ORDER BY id COLLATE "C"')).rows;
    expect(rows).toEqual(tallies);
    const noted = new Set(await numbersOf('SELECT n FROM noted'));
    expect([...numbers, ...acknowledged].filter((n) => !noted.has(n))).toEqual([]);
    const { rows: left } = await fresh.pool.query(
      `SELECT id, failed_why FROM platform.job WHERE done_at IS NULL
       UNION ALL SELECT name, kind FROM platform.in_use WHERE name LIKE '%gone%'
       UNION ALL SELECT name, 'checkpoint' FROM platform.consumer WHERE name LIKE '%gone%'
       UNION ALL SELECT nspname, 'schema' FROM pg_namespace WHERE nspname LIKE 'gone%'
       UNION ALL SELECT queue, 'queued' FROM bullmq.job WHERE queue LIKE '%gone%' OR state NOT IN ('completed')`,
    );
    expect(left).toEqual([]);
  }, PATIENCE_MS).finally(() => clearInterval(looking));
  expect(troubles).toEqual([]);
}, 300_000);
