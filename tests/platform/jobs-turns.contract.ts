import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import type { JobData } from '#platform/jobs/job.js';
import { ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { eventually } from '../support/eventually.js';
import type { JobsGround } from './jobs-ground.js';

/** Enough for their numbers to tell the order in which they came from that of the alphabet. */
const MANY = 11;

/** How workspaces share a worker, and how it is seen that nobody gets their turn. */
export function sharesWorkers(open: () => JobsGround): void {
  let ground: JobsGround;
  beforeEach(() => void (ground = open()));

  it('does not let one workspace’s many keep another’s waiting, and goes on with them one after the other', async () => {
    Object.assign(ground.handler, { concurrency: 2, perWorkspace: 1 });
    const running = new Map<string, () => void>();
    ground.handler.fail = (data) =>
      new Promise<void>((resolve) => running.set(`${(data as JobData).workspaceId}-${data.n}`, resolve));
    for (let n = 1; n <= MANY; n += 1)
      await ground.jobs.enqueue(ground.handler.queue, `a-${n}`, { n, workspaceId: 'a' });
    await ground.work();
    await eventually(() => expect([...running.keys()]).toEqual(['a-1']));
    await ground.jobs.enqueue(ground.handler.queue, 'b-1', { n: 1, workspaceId: 'b' });
    await eventually(() => expect([...running.keys()]).toEqual(['a-1', 'b-1']));
    running.get('b-1')!();
    const order = Array.from({ length: MANY }, (_, n) => `a-${n + 1}`);
    for (const name of order) {
      await eventually(() => expect([...running.keys()].at(-1)).toBe(name === 'a-1' ? 'b-1' : name));
      running.get(name)!();
    }
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
    expect(ground.handler.runs.every(({ attempt }) => attempt === 1)).toBe(true);
    expect([...running.keys()].filter((name) => name !== 'b-1')).toEqual(order);
  });

  it('leaves a place to others while one hangs on a silent part, and then lets its workspace’s next go first', async () => {
    const { handler, jobs } = ground;
    Object.assign(handler, { concurrency: 2, perWorkspace: 1 });
    const silence = Promise.withResolvers<void>();
    handler.fail = ({ n }) => (n === 1 ? silence.promise : undefined);
    const ask = (n: number, workspaceId: string) => jobs.enqueue(handler.queue, String(n), { n, workspaceId });
    await ask(1, 'a');
    await ask(2, 'a');
    await ground.work({ firstPauseMs: 60_000 });
    await eventually(() => expect(ground.done()).toEqual([1]));
    await ask(3, 'b');
    await eventually(() => expect(ground.done()).toEqual([1, 3]));
    silence.reject(new ObjectStorageAway(new Error('The body of an answer fell silent')));
    await eventually(async () => expect(await ground.openJobs()).toBe(1));
    expect(ground.done()).toEqual([1, 2, 3]);
  });

  it('calls those who wait, also where another worker takes the one that was called', async () => {
    const { handler, jobs } = ground;
    Object.assign(handler, { concurrency: 2, perWorkspace: 1 });
    handler.fail = () => wait(20);
    await ground.work();
    await ground.work();
    for (let n = 1; n <= 3 * MANY; n += 1) await jobs.enqueue(handler.queue, String(n), { n, workspaceId: 'a' });
    await eventually(async () => expect(await ground.openJobs()).toBe(0));
  });

  it('is seen to stand still when jobs wait and it takes none, and for no other reason', async () => {
    const { handler, jobs, backend } = ground;
    const [queue, ends] = [jobs.queue(handler.queue), [] as (() => void)[]];
    handler.fail = () => new Promise<void>((resolve) => ends.push(resolve));
    const [makeWorker, made] = [backend.worker, [] as Worker[]];
    const worker: typeof makeWorker = (...asked) => made[made.push(makeWorker(...asked)) - 1]!;
    Object.assign(backend, { worker });
    const [watch] = (await ground.work()).watches;
    const stands = async () => {
      await watch!.look();
      const before = watch!.movedAt;
      await watch!.look();
      return watch!.movedAt === before;
    };
    await jobs.enqueue(handler.queue, 'late', { n: 9 }, { delayMs: 3_600_000 });
    expect(await stands()).toBe(false);
    for (const n of [1, 2]) await jobs.enqueue(handler.queue, String(n), { n });
    await eventually(() => expect(ends).toHaveLength(1));
    expect(await stands()).toBe(false); // its place is taken
    await made[0]!.pause(true);
    ends[0]!();
    await eventually(async () => expect(await stands()).toBe(true));
    await queue.pause();
    expect(await stands()).toBe(false);
    await queue.resume();
    expect(await stands()).toBe(true);
    const { getWaiting } = queue;
    Object.assign(queue, { getWaiting: () => Promise.reject(new Error('Connection is closed')) });
    expect(await stands()).toBe(false);
    Object.assign(queue, { getWaiting });
    await ground.work(); // another takes what waits
    await eventually(() => expect(ends).toHaveLength(2));
    expect(await stands()).toBe(false);
    ends[1]!();
  });
}
