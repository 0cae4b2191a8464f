import { JobLedger } from '#platform/jobs/job-ledger.js';
import { Misuse, OperatorMistake, type OperatorCommand } from './operator-commands.js';

export const rerun: OperatorCommand = {
  takes: 'QUEUE|JOB',
  does: 'has failed jobs done once more: one, or all of a queue; a worker takes them up within a minute',
  async run({ database, say }, [asked]) {
    const ledger = new JobLedger(database);
    const failed = async () => {
      const queues = await ledger.failedQueues();
      return queues.length ? `Jobs failed of: ${queues.join(', ')}. "stuck" lists them.` : 'No job has failed.';
    };
    if (!asked) throw new Misuse(`Which ones? ${await failed()}`);
    const count = await ledger.rerun(asked);
    if (!count) throw new OperatorMistake(`No failed job is, or is of the queue, "${asked}". ${await failed()}`);
    say(`${count} ${count === 1 ? 'job is' : 'jobs are'} done once more.`);
  },
};
