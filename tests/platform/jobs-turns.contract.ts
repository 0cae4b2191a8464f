import type { JobData } from '#platform/jobs/job.js';
import { eventually } from '../support/eventually.js';
import type { JobsGround } from './jobs-ground.js';

/** Enough for their numbers to tell the order in which they came from that of the alphabet. */
const MANY = 11;

/** How workspaces share a worker. */
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
}
