/**
 * A process that applies, asks, does, reconciles and retires until it is killed; DIE_AT and DIE_ON say at which of its
 * statements, of all or of those with such words, it
 * kills itself, before or after it is sent. Says `up`, and, if it has an ASKER's number, `asked <n>` for each job whose
 * asking was acknowledged.
 */
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { InUse } from '#platform/consumers/in-use.js';
import { Retirement } from '#platform/consumers/retirement.js';
import { Database, openPool } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { postgresQueues } from '#platform/jobs/job-queues.js';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { Reconciler } from '#platform/jobs/reconciler.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { keyedRows, type RowChange } from '#platform/projections/keyed-rows.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { counted } from '../support/counted.js';

const { WORK_URL: url = '', DIE_AT = '', DIE_ON = '', ASKER = '' } = process.env;
const PAUSE_MS = 20;

dieAt(Number(DIE_AT));
const pool = openPool(url, 5);
const database = new Database(pool);
const store = new PostgresEventStore(pool);
const jobs = new DurableJobs(database, await postgresQueues(url));

interface Tally {
  readonly id: string;
  readonly sum: number;
  readonly count: number;
}

/** Not idempotent on purpose: an event that is applied twice, or not, shows. */
const add = (id: string, n: number): RowChange<Tally> => ({
  id,
  fold: (before) => ({ id, sum: (before?.sum ?? 0) + n, count: (before?.count ?? 0) + 1 }),
});
const tallies = keyedRows<Tally>('tallies_v1.tally', {
  ddl: 'CREATE TABLE tally (id text PRIMARY KEY, sum int NOT NULL, count int NOT NULL)',
  on: handlersOf(counted, {
    Counted: ({ stream, data: { n } }) => add(stream, n),
    CountedTwice: ({ stream, data: { n } }) => add(stream, 2 * n),
  }),
});

class NoteNumber extends JobHandler<{ n: number }> {
  readonly queue = 'test-note-number';
  override readonly concurrency = 4;
  async run({ n }: { n: number }): Promise<void> {
    await pool.query('INSERT INTO noted VALUES ($1) ON CONFLICT DO NOTHING', [n]);
  }
}
const handler = new NoteNumber();
const processor: Processor = {
  queue: handler.queue,
  on: handlersOf(counted, {
    Counted: ({ data: { n } }) => ({ data: { n } }),
    CountedTwice: ({ data: { n } }) => [{ data: { n } }, { data: { n: -n } }],
  }),
};

const watch = {
  parked: (_: unknown, __: unknown, error: unknown) => void process.stdout.write(`parked ${String(error)}\n`),
  interrupted: () => undefined,
  jobFailed: () => undefined,
  foundMissing: () => undefined,
};
const source = { store, database };
jobs.register([handler]);
const consumers = [...(await prepareGenerations(database, tallies)), processorConsumer(processor, jobs)];
await prepareProcessor(source, processor);
const inUse = new InUse(database, [
  { kind: 'projection', name: tallies.name },
  { kind: 'processor', name: `jobs.${handler.queue}` },
  { kind: 'queue', name: handler.queue },
]);
await inUse.say();
for (const consumer of consumers) new ConsumerRunner(consumer, source, watch).start();
await new JobRunner(jobs, watch).start([handler]);
const unfinished = { find: async () => [{ queue: handler.queue, streams: ['a-0'] }] };
const reconciler = new Reconciler(
  { jobs, store },
  { handlers: [handler], processors: [processor], unfinished: [unfinished] },
  watch,
);
const retirement = new Retirement(database, inUse, { projections: [tallies], jobs });
process.stdout.write('up\n');
await Promise.all([
  forEver(async () => {
    await reconciler.askAgain();
    await reconciler.look();
  }),
  forEver(() => retirement.run()),
  forEver(async (turn) => {
    if (!ASKER) return;
    const n = 1_000_000 + Number(ASKER) * 1000 + turn;
    await jobs.enqueue(handler.queue, `asked-${n}`, { n });
    process.stdout.write(`asked ${n}\n`);
  }),
]);

async function forEver(work: (turn: number) => Promise<unknown>): Promise<never> {
  for (let turn = 0; ; turn++) {
    await work(turn).catch(() => undefined); // two retire at once, say: the next turn goes on
    await wait(PAUSE_MS);
  }
}

function dieAt(nth: number): void {
  if (!nth) return;
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  let count = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    if (textOf(args[0]).includes(DIE_ON)) count++;
    const isLast = count === nth;
    if (isLast && nth % 2) process.kill(process.pid, 'SIGKILL');
    const asked = query.apply(this, args);
    if (isLast) setImmediate(() => process.kill(process.pid, 'SIGKILL')); // it is on its way, and nobody hears the answer
    return asked;
  } as never;
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: unknown } | undefined)?.text ?? '');
}
