import { Database } from '#platform/database/database.js';
import { type Processor } from '#platform/jobs/job.js';
import { HopelessJob, ImpossibleJob } from '#platform/jobs/job-runner.js';
import { prepareProcessor } from '#platform/jobs/processor-consumer.js';
import { ObjectAltered, ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { counted } from '../support/counted.js';
import { eventually } from '../support/eventually.js';
import { type JobsGround, processor } from './jobs-ground.js';

/** How events become jobs, and how those run, fail and end. */
export function runsJobs(open: () => JobsGround): void {
  let ground: JobsGround;
  beforeEach(() => void (ground = open()));

  it('does one job for each event that asks for one', async () => {
    await ground.append('a-1', 1, -1, 2);
    await ground.start();
    await ground.append('a-2', 3);
    await eventually(() => expect(ground.handler.runs.map(({ n }) => n).sort()).toEqual([1, 2, 3]));
  });

  it('puts an event that is read twice on the queue once', async () => {
    await ground.append('a-1', 7);
    await ground.start();
    await eventually(() => expect(ground.handler.runs).toHaveLength(1));
    await ground.fresh.pool.query('UPDATE platform.consumer SET position = -1, fence = fence + 1');
    await ground.append('a-2', 8);
    await eventually(() => expect(ground.handler.runs.map(({ n }) => n)).toEqual([7, 8]));
  });

  it('tries again with back-off, and says when it is the last time', async () => {
    const last: boolean[] = [];
    ground.handler.fail = (_data, { lastAttempt }) => {
      last.push(lastAttempt);
      throw new TypeError('customer Jane Doe is not a number');
    };
    await ground.append('a-1', 1);
    await ground.start();
    await eventually(() => expect(last).toEqual([false, false, true]));
    await eventually(() =>
      expect(ground.failures).toEqual(['test-record-number 1', 'test-record-number 2', 'test-record-number 3']),
    );
    const queue = ground.backend.queue('test-record-number');
    const [failed] = await eventually(async () => {
      const failed = await queue.getFailed();
      expect(failed).toHaveLength(1);
      return failed;
    });
    expect(JSON.stringify(failed!.toJSON())).not.toContain('Jane');
    await queue.close();
  });

  it('waits for a part that is away for as long as it is, and that costs no attempt; a mistake of ours does', async () => {
    const away = [...Array<undefined>(4)].map(() => new ObjectStorageAway(new Error('ECONNREFUSED')));
    const troubles = [...away, new TypeError('Not a number')];
    const last: boolean[] = [];
    ground.handler.fail = (_data, { lastAttempt }) => {
      last.push(lastAttempt);
      if (troubles.length) throw troubles.shift();
    };
    Object.assign(ground.handler, { attempts: 2 });
    await ground.append('a-1', 1);
    await ground.start();
    await eventually(() => expect(last).toEqual([...away.map(() => false), false, true]));
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    expect(ground.handler.runs.map(({ attempt }) => attempt)).toEqual([...away.map(() => 1), 1, 2]);
  });

  it('takes what was altered for another’s answer for a while, then for damaged', async () => {
    ground.handler.fail = () => {
      throw new ObjectAltered('recordings/1');
    };
    Object.assign(ground.handler, { attempts: 1 });
    await ground.work();
    await ground.jobs.enqueue(processor.queue, '1', { n: 1 });
    const failed = () => ground.fresh.pool.query('SELECT failed_why FROM platform.job WHERE failed_at IS NOT NULL');
    await eventually(async () => expect((await failed()).rows).toHaveLength(1));
    expect(ground.handler.runs).toHaveLength(4);
  });

  it.each(['heeds', 'does not heed'])(
    'goes on elsewhere when it %s that its worker stops, at no cost',
    async (which) => {
      ground.handler.fail = (_data, { signal }) =>
        new Promise((_, stopped) => {
          if (which === 'heeds') signal.addEventListener('abort', () => stopped(signal.reason));
        });
      await ground.append('a-1', 1);
      await ground.start();
      await eventually(() => expect(ground.handler.runs).toHaveLength(1));
      await ground.stops.pop()!();
      ground.handler.fail = () => undefined;
      await ground.work();
      await eventually(async () => expect(await ground.openJobs()).toBe(0));
      expect(ground.handler.runs.map(({ attempt }) => attempt)).toEqual([1, 1]);
      expect(ground.failures).toEqual([]); // it was no failure either
    },
  );

  it('ends at once what is hopeless, though its worker stops, and knows what no rerun can help', async () => {
    const failed = async () => {
      const asked = 'SELECT failed_why, failed_for_ever FROM platform.job WHERE failed_at IS NOT NULL ORDER BY id';
      return (await ground.fresh.pool.query(asked)).rows;
    };
    ground.handler.fail = ({ n }, { signal }) =>
      new Promise((_, stopped) => {
        const end = () => stopped(n === 1 ? new HopelessJob('No encoder') : new ImpossibleJob('No video'));
        signal.addEventListener('abort', end);
      });
    Object.assign(ground.handler, { concurrency: 2 });
    await ground.work();
    for (const n of [1, 2]) await ground.jobs.enqueue(processor.queue, String(n), { n });
    await eventually(() => expect(ground.handler.runs).toHaveLength(2));
    await ground.stops.pop()!();
    expect(await failed()).toEqual([
      { failed_why: 'No encoder', failed_for_ever: false },
      { failed_why: 'No video', failed_for_ever: true },
    ]);
    expect(ground.failures).toHaveLength(2);
    expect(await ground.jobs.ledger.rerun(processor.queue)).toBe(1);
    expect(await ground.jobs.ledger.rerun(`${processor.queue}-2`)).toBe(1);
    expect(await failed()).toEqual([]);
  });

  it('ends in the middle once it is not wanted any more, and that is no failure', async () => {
    ground.handler.fail = ({ n }, { signal }) => {
      ground.handler.wanted = n !== 1;
      if (n === 1) return new Promise((_, stopped) => signal.addEventListener('abort', () => stopped(signal.reason)));
    };
    await ground.append('a-1', 1);
    await ground.start();
    await eventually(() => expect(ground.handler.wanted).toBe(false));
    await ground.append('a-2', 2);
    await eventually(() => expect(ground.handler.runs.map(({ n }) => n)).toEqual([1, 2]));
    expect(ground.failures).toEqual([]);
  });

  it('does not repeat what cannot succeed', async () => {
    ground.handler.fail = () => {
      throw new HopelessJob();
    };
    await ground.append('a-1', 1);
    await ground.start();
    const queue = ground.backend.queue('test-record-number');
    await eventually(async () => expect(await queue.getFailedCount()).toBe(1));
    expect(ground.handler.runs).toHaveLength(1);
    await queue.close();
  });

  it('does several jobs for an event that asks for several, each once', async () => {
    await ground.appendAs('CountedTwice', 'a-1', [10]);
    await ground.start();
    await eventually(() => expect(ground.done()).toEqual([10, 11]));
  });

  it('begins with what is to come where a processor says so, and goes on from its predecessor when it is raised', async () => {
    await ground.append('a-1', 1);
    await eventually(async () => expect(await ground.store.head()).toBe(0n));
    const alerting: Processor = { ...processor, startAt: 'now' };
    await prepareProcessor({ store: ground.store, database: new Database(ground.fresh.pool) }, alerting);
    await ground.append('a-2', 2); // after the old code has ended, and before there is the new
    await eventually(async () => expect(await ground.store.head()).toBe(1n));
    await ground.read({ ...alerting, version: 2 });
    await ground.append('a-3', 3);
    await ground.work();
    await eventually(() => expect(ground.done()).toEqual([2, 3]));
  });

  it('reads all of history again when a version that begins there is raised', async () => {
    await ground.append('a-1', 1, -1);
    await ground.start();
    await eventually(() => expect(ground.done()).toEqual([1]));
    const on: Processor['on'] = handlersOf(counted, { Counted: () => ({ data: { n: 5 } }) });
    await ground.read({ ...processor, version: 2, on });
    await eventually(() => expect(ground.done()).toEqual([1, 5]));
  });
}
