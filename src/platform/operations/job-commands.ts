import { JobLedger } from '#platform/jobs/job-ledger.js';
import { OperatorMistake, type OperatorCommand } from './operator-commands.js';

export const rerun: OperatorCommand = {
  takes: 'QUEUE|JOB',
  does: 'has failed jobs done once more: one, or all of a queue; a worker takes them up within a minute',
  async run({ database, say }, [asked]) {
    const count = asked ? await new JobLedger(database).rerun(asked) : 0;
    if (!count)
      throw new OperatorMistake(`No failed job is, or is of the queue, "${asked ?? ''}". "stuck" lists them.`);
    say(`${count} ${count === 1 ? 'job is' : 'jobs are'} done once more.`);
  },
};
