import { checkHandlers } from '#platform/jobs/job.js';
import { backends, JobsGround, processor, Recorder } from './jobs-ground.js';
import { keepsJobs } from './jobs-kept.contract.js';
import { runsJobs } from './jobs-running.contract.js';
import { sharesWorkers } from './jobs-turns.contract.js';

describe.each(Object.entries(backends))('jobs on %s', (_, start) => {
  let ground: JobsGround;
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => void (server = await start()));
  afterAll(() => server.stop());
  beforeEach(async () => void (ground = await JobsGround.open(server)));
  afterEach(() => ground.close());

  runsJobs(() => ground);
  keepsJobs(() => ground);
  sharesWorkers(() => ground);
});

describe('the boot check', () => {
  it('refuses a queue that nobody works on', () => {
    expect(() => checkHandlers([processor], [])).toThrow('No handler does the jobs of queue "test-record-number".');
  });
  it('refuses a queue that two claim', () => {
    expect(() => checkHandlers([], [new Recorder(), new Recorder()])).toThrow('2 handlers claim the queue');
  });
});
