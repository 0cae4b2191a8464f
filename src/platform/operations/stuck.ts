import { sql } from 'kysely';
import type { ConsumerTables } from '#platform/consumers/consumer.js';
import { consumerLags } from '#platform/consumers/lags.js';
import type { LedgerTables } from '#platform/jobs/job-ledger.js';
import type { Operated, OperatorCommand } from './operator-commands.js';

/** Longer than jobs wait when all is well. */
const LATE = sql<Date>`now() - interval '15 minutes'`;

export const stuck: OperatorCommand = {
  takes: '',
  does: 'lists what stands or is late: lists, processors, jobs',
  async run(on) {
    const found = [...(await parked(on)), ...(await behind(on)), ...(await failedJobs(on)), ...(await lateJobs(on))];
    for (const line of found) on.say(line);
    if (!found.length) on.say('Nothing is stuck.');
  },
};

async function parked({ database }: Operated): Promise<string[]> {
  const rows = await database
    .of<ConsumerTables>()
    .selectFrom('platform.consumer')
    .select(['name', 'parked_at', 'parked_why'])
    .where('parked_at', 'is not', null)
    .orderBy('name')
    .execute();
  return rows.map(
    ({ name, parked_at, parked_why }) =>
      `${name} is parked at position ${parked_at} (${parked_why}). Upgrade to a version without the fault, then: resume ${name}`,
  );
}

async function behind({ store, database }: Operated): Promise<string[]> {
  const lags = (await consumerLags(store, database)).filter((lag) => lag.behind > 0 && !lag.parked);
  return lags.map(({ name, status, behind: events }) =>
    status === 'serving' ? `${name} is ${events} events behind.` : `${name} is being built: ${events} events to go.`,
  );
}

async function failedJobs({ database }: Operated): Promise<string[]> {
  const rows = await database
    .of<LedgerTables>()
    .selectFrom('platform.job')
    .select(['id', 'queue', 'failed_at', 'failed_why'])
    .where('failed_at', 'is not', null)
    .where('failed_for_ever', '=', false) // nobody can do anything about it, and whoever waits for it was told
    .orderBy('queue')
    .orderBy('failed_at')
    .execute();
  return rows.map(
    ({ id, failed_at, failed_why }) =>
      `${id} failed for good at ${failed_at!.toISOString()} (${failed_why}). Once the cause is gone: rerun ${id}`,
  );
}

async function lateJobs({ database }: Operated): Promise<string[]> {
  const rows = await database
    .of<LedgerTables>()
    .selectFrom('platform.job')
    .select(['queue', sql<number>`count(*)`.as('count'), sql<Date>`min(due_at)`.as('since')])
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('due_at', '<', LATE)
    .groupBy('queue')
    .orderBy('queue')
    .execute();
  return rows.map(({ queue, count, since }) => `${queue}: ${count} jobs wait, the first since ${since.toISOString()}.`);
}
