import { HopelessJob } from '#platform/jobs/job-runner.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { counted } from '../support/counted.js';
import { eventually } from '../support/eventually.js';
import { type JobsGround, NUMBERS, processor } from './jobs-ground.js';

/** What was asked for is done, and once, whatever its queue loses, repeats or fails at. */
export function keepsJobs(open: () => JobsGround): void {
  let ground: JobsGround;
  beforeEach(() => void (ground = open()));

  it('brings back what the queue lost, and what it repeats', async () => {
    await ground.append('a-1', 1, 2);
    await ground.read();
    await eventually(() => ground.isRead());
    await eventually(async () => expect(await ground.jobs.queue(processor.queue).getWaitingCount()).toBe(2));
    await ground.jobs.queue(processor.queue).obliterate({ force: true });
    await ground.work();
    await ground.later();
    await ground.reconciler().look();
    await eventually(() => expect(ground.done()).toEqual([1, 2]));
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    await ground.later();
    await ground.reconciler().look();
    await eventually(async () => expect(await ground.jobs.queue(processor.queue).getWaitingCount()).toBe(0));
    expect(ground.done()).toEqual([1, 2]);
    Object.assign(ground.handler, { every: 60_000 });
    await ground.reconciler().look();
    expect(await ground.jobs.queue(processor.queue).getJobScheduler(processor.queue)).toMatchObject({ every: 60_000 });
  });

  it('leaves alone what waits on the queue, or waits for its time', async () => {
    await ground.jobs.enqueue(processor.queue, 'soon', { n: 1 });
    await ground.jobs.enqueue(processor.queue, 'late', { n: 2 }, { delayMs: 3_600_000 });
    await ground.later();
    await ground.reconciler().look();
    expect(await ground.jobs.queue(processor.queue).getJobCounts('waiting', 'delayed')).toEqual({
      waiting: 1,
      delayed: 1,
    });
  });

  it('does what is asked for with the same id once', async () => {
    await ground.work();
    for (const _ of [1, 2]) await ground.jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    await ground.jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await ground.jobs.enqueue(processor.queue, 'other', { n: 5 });
    await eventually(() => expect(ground.done()).toEqual([4, 5]));
    await expect(ground.jobs.enqueue('test-nobody', 'mine', {})).rejects.toThrow('No handler');
  });

  it('does not do again what is done, though its queue has forgotten it', async () => {
    await ground.append('a-1', 1);
    await ground.start();
    await ground.jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await eventually(() => expect(ground.done()).toEqual([1, 4]));
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    for (const stop of ground.stops.splice(0).reverse()) await stop();
    await ground.jobs.queue(processor.queue).obliterate({ force: true });
    await ground.later();
    await ground.jobs.enqueue(processor.queue, 'mine', { n: 4 });
    await ground.fresh.pool.query('UPDATE platform.consumer SET position = -1, fence = fence + 1');
    await ground.read();
    await eventually(() => ground.isRead());
    await ground.reconciler().look();
    const states = await ground.jobs.queue(processor.queue).getJobCounts();
    expect(Object.entries(states).filter(([, count]) => count > 0)).toEqual([]);
  });

  it('forgets what was done more than a day ago, and nothing else', async () => {
    for (const id of ['old', 'young', 'open']) await ground.jobs.ledger.ask([{ id, queue: processor.queue, data: {} }]);
    for (const id of ['old', 'young']) await ground.jobs.ledger.done(id);
    await ground.fresh.pool.query(`UPDATE platform.job SET done_at = done_at - interval '25 hours' WHERE id = 'old'`);
    await ground.reconciler().look();
    const { rows } = await ground.fresh.pool.query('SELECT id FROM platform.job ORDER BY id');
    expect(rows).toEqual([{ id: 'open' }, { id: 'young' }]);
  });

  it('keeps what failed for good until somebody has it done again', async () => {
    ground.handler.fail = () => {
      throw new HopelessJob('No encoder is on this machine');
    };
    await ground.work();
    await ground.jobs.enqueue(processor.queue, 'mine', { n: 4 });
    const failed = () => ground.fresh.pool.query('SELECT id, failed_why FROM platform.job WHERE failed_at IS NOT NULL');
    await eventually(async () =>
      expect((await failed()).rows).toEqual([
        { id: `${processor.queue}-mine`, failed_why: 'No encoder is on this machine' },
      ]),
    );
    await ground.later();
    await ground.reconciler().look();
    expect(ground.handler.runs).toHaveLength(1);
    ground.handler.fail = () => undefined;
    expect(await ground.jobs.ledger.rerun(processor.queue)).toBe(1);
    await ground.reconciler().look();
    await eventually(() => expect(ground.done()).toEqual([4, 4]));
    expect((await failed()).rows).toEqual([]);
  });

  it('leaves what newer code wrote, events and jobs, to newer code, and nothing has failed', async () => {
    Object.assign(ground.handler, { attempts: 1 });
    await ground.append('a-1', 1);
    await ground.appendAs('Counted', 'a-2', [2], 2);
    await ground.read();
    await eventually(() => expect(ground.troubles).toEqual(['EventTooNew']));
    await ground.read({ ...processor, on: handlersOf({ ...counted, schemaVersions: { Counted: 2 } }, NUMBERS) });
    await eventually(() => ground.isRead());
    const [tooNew] = await ground.store.readStream('a-2');
    ground.handler.fail = ({ n }) => {
      if (n === 2) throw new EventTooNew(tooNew!, 1);
    };
    await ground.work();
    await eventually(async () =>
      expect([ground.done(), await ground.jobs.queue(processor.queue).getFailedCount()]).toEqual([[1, 2], 1]),
    );
    ground.handler.fail = () => undefined; // a newer worker
    await ground.later();
    await ground.reconciler().look();
    await eventually(() => expect(ground.done()).toEqual([1, 2, 2]));
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    expect(ground.troubles).toEqual(['EventTooNew']);
  });

  it('asks again for what a context calls unfinished, with the job that its event asked for', async () => {
    await ground.append('a-1', 1, 2);
    await ground.append('a-2', 3);
    const ends = [{ queue: processor.queue, streams: ['a-0', 'a-1'] }];
    await eventually(async () => expect(await ground.store.head()).toBe(2n));
    await ground.work();
    const asking = ground.reconciler({ find: async () => ends });
    await asking.askAgain();
    await asking.look();
    await eventually(() => expect(ground.done()).toEqual([2]));
    await ground.read(); // what was asked for already is not done again
    await eventually(() => expect(ground.done()).toEqual([1, 2, 3]));
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    await asking.askAgain();
    expect(await ground.openJobs()).toBe(0);
  });
}
