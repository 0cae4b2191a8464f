import { randomUUID } from 'node:crypto';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database } from '#platform/database/database.js';
import { ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { checkHandlers, type JobData, type Processor } from '#platform/jobs/job.js';
import { Reconciler, type UnfinishedWork } from '#platform/jobs/reconciler.js';
import { HopelessJob, ImpossibleJob, JobRunner } from '#platform/jobs/job-runner.js';
import { DurableJobs } from '#platform/jobs/jobs.js';
import { prepareProcessor, processorConsumer } from '#platform/jobs/processor-consumer.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { counted } from '../support/counted.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { systemMeta } from '../support/system-meta.js';
import { backends, NUMBERS, processor, Recorder, type Opened } from './jobs-ground.js';

describe.each(Object.entries(backends))('jobs on %s', (_, open) => {
  let fresh: FreshDatabase;
  let store: PostgresEventStore;
  let opened: Opened;
  let handler: Recorder;
  let jobs: DurableJobs;
  let stops: (() => Promise<unknown>)[];
  const failures: string[] = [];
  const troubles: string[] = [];

  beforeEach(async () => {
    fresh = await freshDatabase();
    store = new PostgresEventStore(fresh.pool);
    opened = await open(fresh);
    handler = new Recorder();
    jobs = new DurableJobs(new Database(fresh.pool), opened.backend);
    jobs.register([handler]);
    failures.length = troubles.length = 0;
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops.reverse()) await stop();
    await jobs.close();
    await opened.close();
    await store.close();
    await fresh.drop();
  });

  async function read(by = processor): Promise<void> {
    const source = { store, database: new Database(fresh.pool) };
    await prepareProcessor(source, by);
    const watch = {
      parked: () => troubles.push('parked'),
      interrupted: (_: unknown, error: unknown) => troubles.push((error as Error).name),
    };
    const runner = new ConsumerRunner(processorConsumer(by, jobs), source, watch);
    runner.start();
    stops.push(() => runner.stop());
  }

  async function work(): Promise<void> {
    const watch = { jobFailed: (queue: string, _id: string, attempt: number) => failures.push(`${queue} ${attempt}`) };
    const runner = new JobRunner(jobs, watch, { lookEveryMs: 50, firstPauseMs: 10, turnMs: 600_000 });
    await runner.start([handler]);
    stops.push(() => runner.stop());
  }

  const start = () => read().then(work);

  const append = (stream: string, ...numbers: number[]) => appendAs('Counted', stream, numbers);
  const appendAs = (type: string, stream: string, numbers: readonly number[], schemaVersion = 1) =>
    store.append(
      stream,
      'no_stream',
      numbers.map((n) => ({
        eventId: randomUUID(),
        type,
        schemaVersion,
        at: new Date(),
        data: { n },
        meta: systemMeta,
        sealed: [],
      })),
    );
  const done = () => handler.runs.map(({ n }) => n).sort();
  const isRead = async () => {
    const { rows } = await fresh.pool.query('SELECT min(position)::int AS position FROM platform.consumer');
    expect(rows[0].position).toBe(Number(await store.head()));
  };
  const reconciler = (...unfinished: UnfinishedWork[]) =>
    new Reconciler(
      { jobs, store },
      { handlers: [handler], processors: [processor], unfinished },
      { foundMissing: () => undefined, interrupted: () => undefined },
    );
  /** As when nobody has looked for a while. */
  const later = () => fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 hour', looked_at = NULL`);

  it('does one job for each event that asks for one', async () => {
    await append('a-1', 1, -1, 2);
    await start();
    await append('a-2', 3);
    await eventually(() => expect(handler.runs.map(({ n }) => n).sort()).toEqual([1, 2, 3]));
  });

  it('puts an event that is read twice on the queue once', async () => {
    await append('a-1', 7);
    await start();
    await eventually(() => expect(handler.runs).toHaveLength(1));
    await fresh.pool.query('UPDATE platform.consumer SET position = -1, fence = fence + 1');
    await append('a-2', 8);
    await eventually(() => expect(handler.runs.map(({ n }) => n)).toEqual([7, 8]));
  });

  it('tries again with back-off, and says when it is the last time', async () => {
    const last: boolean[] = [];
    handler.fail = (_data, { lastAttempt }) => {
      last.push(lastAttempt);
      throw new TypeError('customer Jane Doe is not a number');
    };
    await append('a-1', 1);
    await start();
    await eventually(() => expect(last).toEqual([false, false, true]));
    await eventually(() =>
      expect(failures).toEqual(['test-record-number 1', 'test-record-number 2', 'test-record-number 3']),
    );
    const queue = opened.backend.queue('test-record-number');
    const [failed] = await eventually(async () => {
      const jobs = await queue.getFailed();
      expect(jobs).toHaveLength(1);
      return jobs;
    });
    expect(JSON.stringify(failed!.toJSON())).not.toContain('Jane');
    await queue.close();
  }, 30_000);

  it('waits for a part that is away for as long as it is, and that costs no attempt; a mistake of ours does', async () => {
    const away = [...Array<undefined>(8)].map(() => new ObjectStorageAway(new Error('ECONNREFUSED')));
    const troubles = [...away, new TypeError('Not a number')];
    const last: boolean[] = [];
    handler.fail = (_data, { lastAttempt }) => {
      last.push(lastAttempt);
      if (troubles.length) throw troubles.shift();
    };
    Object.assign(handler, { attempts: 2 });
    await append('a-1', 1);
    await start();
    await eventually(() => expect(last).toEqual([...away.map(() => false), false, true]));
    await eventually(async () => expect(await openJobs()).toBe(0));
    expect(handler.runs.map(({ attempt }) => attempt)).toEqual([...away.map(() => 1), 1, 2]);
  }, 30_000);

  it('goes on elsewhere when its worker stops, and that costs no attempt', async () => {
    handler.fail = (_data, { signal }) =>
      new Promise((_, stopped) => signal.addEventListener('abort', () => stopped(signal.reason)));
    await append('a-1', 1);
    await start();
    await eventually(() => expect(handler.runs).toHaveLength(1));
    await stops.pop()!();
    handler.fail = () => undefined;
    await work();
    await eventually(async () => expect(await openJobs()).toBe(0));
    expect(handler.runs.map(({ attempt }) => attempt)).toEqual([1, 1]);
    expect(failures).toEqual([]); // it was no failure either
  });

  it('ends at once what is hopeless, though its worker stops, and knows what no rerun can help', async () => {
    const failed = async () => {
      const asked = 'SELECT failed_why, failed_for_ever FROM platform.job WHERE failed_at IS NOT NULL ORDER BY id';
      return (await fresh.pool.query(asked)).rows;
    };
    handler.fail = ({ n }, { signal }) =>
      new Promise((_, stopped) => {
        const end = () => stopped(n === 1 ? new HopelessJob('No encoder') : new ImpossibleJob('No video'));
        signal.addEventListener('abort', end);
      });
    Object.assign(handler, { concurrency: 2 });
    await work();
    for (const n of [1, 2]) await jobs.enqueue(processor.queue, String(n), { n });
    await eventually(() => expect(handler.runs).toHaveLength(2));
    await stops.pop()!();
    expect(await failed()).toEqual([
      { failed_why: 'No encoder', failed_for_ever: false },
      { failed_why: 'No video', failed_for_ever: true },
    ]);
    expect(failures).toHaveLength(2);
    expect(await jobs.ledger.rerun(processor.queue)).toBe(1);
    expect(await jobs.ledger.rerun(`${processor.queue}-2`)).toBe(1);
    expect(await failed()).toEqual([]);
  });

  it('ends in the middle once it is not wanted any more, and that is no failure', async () => {
    handler.fail = ({ n }, { signal }) => {
      handler.wanted = n !== 1;
      if (n === 1) return new Promise((_, stopped) => signal.addEventListener('abort', () => stopped(signal.reason)));
    };
    await append('a-1', 1);
    await start();
    await eventually(() => expect(handler.wanted).toBe(false));
    await append('a-2', 2);
    await eventually(() => expect(handler.runs.map(({ n }) => n)).toEqual([1, 2]));
    expect(failures).toEqual([]);
  });

  it('does not let one workspace’s many keep another’s waiting, and goes on with them one after the other', async () => {
    Object.assign(handler, { concurrency: 2, perWorkspace: 1 });
    const running = new Map<string, () => void>();
    handler.fail = (data) =>
      new Promise<void>((resolve) => running.set(`${(data as JobData).workspaceId}-${data.n}`, resolve));
    for (let n = 1; n <= 20; n += 1) await jobs.enqueue(handler.queue, `a-${n}`, { n, workspaceId: 'a' });
    await work();
    await eventually(() => expect([...running.keys()]).toEqual(['a-1']));
    await jobs.enqueue(handler.queue, 'b-1', { n: 1, workspaceId: 'b' });
    await eventually(() => expect([...running.keys()]).toEqual(['a-1', 'b-1']));
    running.get('b-1')!();
    const order = Array.from({ length: 20 }, (_, n) => `a-${n + 1}`);
    for (const name of order) {
      await eventually(() => expect([...running.keys()].at(-1)).toBe(name === 'a-1' ? 'b-1' : name));
      running.get(name)!();
    }
    await eventually(async () => expect(await openJobs()).toBe(0));
    expect(handler.runs.every(({ attempt }) => attempt === 1)).toBe(true);
    expect([...running.keys()].filter((name) => name !== 'b-1')).toEqual(order);
  });

  it('does not repeat what cannot succeed', async () => {
    handler.fail = () => {
      throw new HopelessJob();
    };
    await append('a-1', 1);
    await start();
    const queue = opened.backend.queue('test-record-number');
    await eventually(async () => expect(await queue.getFailedCount()).toBe(1));
    expect(handler.runs).toHaveLength(1);
    await queue.close();
  });

  it('does several jobs for an event that asks for several, each once', async () => {
    await appendAs('CountedTwice', 'a-1', [10]);
    await start();
    await eventually(() => expect(done()).toEqual([10, 11]));
  });

  it('begins with what is to come where a processor says so, and goes on from its predecessor when it is raised', async () => {
    await append('a-1', 1);
    await eventually(async () => expect(await store.head()).toBe(0n));
    const alerting: Processor = { ...processor, startAt: 'now' };
    await prepareProcessor({ store, database: new Database(fresh.pool) }, alerting);
    await append('a-2', 2); // after the old code has ended, and before there is the new
    await eventually(async () => expect(await store.head()).toBe(1n));
    await read({ ...alerting, version: 2 });
    await append('a-3', 3);
    await work();
    await eventually(() => expect(done()).toEqual([2, 3]));
  });

  it('reads all of history again when a version that begins there is raised', async () => {
    await append('a-1', 1, -1);
    await start();
    await eventually(() => expect(done()).toEqual([1]));
    const on: Processor['on'] = handlersOf(counted, { Counted: () => ({ data: { n: 5 } }) });
    await read({ ...processor, version: 2, on });
    await eventually(() => expect(done()).toEqual([1, 5]));
  });

  it('brings back what the queue lost, and what it repeats', async () => {
    await append('a-1', 1, 2);
    await read();
    await eventually(isRead);
    await eventually(async () => expect(await jobs.queue(processor.queue).getWaitingCount()).toBe(2));
    await jobs.queue(processor.queue).obliterate({ force: true });
    await work();
    await later();
    await reconciler().look();
    await eventually(() => expect(done()).toEqual([1, 2]));
    await eventually(async () => expect(await openJobs()).toBe(0));
    await later();
    await reconciler().look();
    await eventually(async () => expect(await jobs.queue(processor.queue).getWaitingCount()).toBe(0));
    expect(done()).toEqual([1, 2]);
    Object.assign(handler, { every: 60_000 });
    await reconciler().look();
    expect(await jobs.queue(processor.queue).getJobScheduler(processor.queue)).toMatchObject({ every: 60_000 });
  });

  it('leaves alone what waits on the queue, or waits for its time', async () => {
    await jobs.enqueue(processor.queue, 'soon', { n: 1 });
    await jobs.enqueue(processor.queue, 'late', { n: 2 }, { delayMs: 3_600_000 });
    await later();
    await reconciler().look();
    expect(await jobs.queue(processor.queue).getJobCounts('waiting', 'delayed')).toEqual({ waiting: 1, delayed: 1 });
  });

  it('does what is asked for with the same id once', async () => {
    await work();
    for (const _ of [1, 2]) await jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await eventually(async () => expect(await openJobs()).toBe(0));
    await jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await jobs.enqueue(processor.queue, 'other', { n: 5 });
    await eventually(() => expect(done()).toEqual([4, 5]));
    await expect(jobs.enqueue('test-nobody', 'mine', {})).rejects.toThrow('No handler');
  });

  it('does not do again what is done, though its queue has forgotten it', async () => {
    await append('a-1', 1);
    await start();
    await jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await eventually(() => expect(done()).toEqual([1, 4]));
    await eventually(async () => expect(await openJobs()).toBe(0));
    for (const stop of stops.splice(0).reverse()) await stop();
    await jobs.queue(processor.queue).obliterate({ force: true });
    await later();
    await jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await fresh.pool.query('UPDATE platform.consumer SET position = -1, fence = fence + 1');
    await read();
    await eventually(isRead);
    await reconciler().look();
    const states = await jobs.queue(processor.queue).getJobCounts();
    expect(Object.entries(states).filter(([, count]) => count > 0)).toEqual([]);
  });

  it('forgets what was done more than a day ago, and nothing else', async () => {
    for (const id of ['old', 'young', 'open']) await jobs.ledger.ask([{ id, queue: processor.queue, data: {} }]);
    for (const id of ['old', 'young']) await jobs.ledger.done(id);
    await fresh.pool.query(`UPDATE platform.job SET done_at = done_at - interval '25 hours' WHERE id = 'old'`);
    await reconciler().look();
    const { rows } = await fresh.pool.query('SELECT id FROM platform.job ORDER BY id');
    expect(rows).toEqual([{ id: 'open' }, { id: 'young' }]);
  });

  it('keeps what failed for good until somebody has it done again', async () => {
    handler.fail = () => {
      throw new HopelessJob('No encoder is on this machine');
    };
    await work();
    await jobs.enqueue(processor.queue, 'mine', { n: 4 });
    const failed = () => fresh.pool.query('SELECT id, failed_why FROM platform.job WHERE failed_at IS NOT NULL');
    await eventually(async () =>
      expect((await failed()).rows).toEqual([
        { id: `${processor.queue}-mine`, failed_why: 'No encoder is on this machine' },
      ]),
    );
    await later();
    await reconciler().look();
    expect(handler.runs).toHaveLength(1);
    handler.fail = () => undefined;
    expect(await jobs.ledger.rerun(processor.queue)).toBe(1);
    await reconciler().look();
    await eventually(() => expect(done()).toEqual([4, 4]));
    expect((await failed()).rows).toEqual([]);
  });

  it('leaves what newer code wrote, events and jobs, to newer code, and nothing has failed', async () => {
    Object.assign(handler, { attempts: 1 });
    await append('a-1', 1);
    await appendAs('Counted', 'a-2', [2], 2);
    await read();
    await eventually(() => expect(troubles).toEqual(['EventTooNew']));
    await read({ ...processor, on: handlersOf({ ...counted, schemaVersions: { Counted: 2 } }, NUMBERS) });
    await eventually(isRead);
    const [tooNew] = await store.readStream('a-2');
    handler.fail = ({ n }) => {
      if (n === 2) throw new EventTooNew(tooNew!, 1);
    };
    await work();
    await eventually(async () =>
      expect([done(), await jobs.queue(processor.queue).getFailedCount()]).toEqual([[1, 2], 1]),
    );
    handler.fail = () => undefined; // a newer worker
    await later();
    await reconciler().look();
    await eventually(() => expect(done()).toEqual([1, 2, 2]));
    await eventually(async () => expect(await openJobs()).toBe(0));
    expect(troubles).toEqual(['EventTooNew']);
  });

  it('asks again for what a context calls unfinished, with the job that its event asked for', async () => {
    await append('a-1', 1, 2);
    await append('a-2', 3);
    const ends = [{ queue: processor.queue, streams: ['a-0', 'a-1'] }];
    await eventually(async () => expect(await store.head()).toBe(2n));
    await work();
    const asking = reconciler({ find: async () => ends });
    await asking.askAgain();
    await asking.look();
    await eventually(() => expect(done()).toEqual([2]));
    await read(); // what was asked for already is not done again
    await eventually(() => expect(done()).toEqual([1, 2, 3]));
    await eventually(async () => expect(await openJobs()).toBe(0));
    await asking.askAgain();
    expect(await openJobs()).toBe(0);
  });

  async function openJobs(): Promise<number> {
    const { rows } = await fresh.pool.query('SELECT count(*)::int AS n FROM platform.job WHERE done_at IS NULL');
    return rows[0].n;
  }
});

describe('the boot check', () => {
  it('refuses a queue that nobody works on', () => {
    expect(() => checkHandlers([processor], [])).toThrow('No handler does the jobs of queue "test-record-number".');
  });
  it('refuses a queue that two claim', () => {
    expect(() => checkHandlers([], [new Recorder(), new Recorder()])).toThrow('2 handlers claim the queue');
  });
});
