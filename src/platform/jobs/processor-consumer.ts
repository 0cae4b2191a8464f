import { sql } from 'kysely';
import type { Consumer } from '#platform/consumers/consumer.js';
import type { Database } from '#platform/database/database.js';
import type { EventStore, RecordedEvent } from '#platform/event-store/event-store.js';
import { jobsFor, type Processor } from './job.js';
import type { AskedJob } from './job-ledger.js';
import type { DurableJobs } from './jobs.js';

const PAGE_SIZE = 500;

/** The name of a processor's checkpoint; the first version's says none, since there were none when it was stored. */
export function processorName({ queue, version = 1 }: Pick<Processor, 'queue' | 'version'>): string {
  return version === 1 ? `jobs.${queue}` : `jobs.${queue}@${version}`;
}

/**
 * Makes sure that a processor has a checkpoint. A new one begins where it says. A raised version that begins `now` goes
 * on where its predecessor stands, so that nothing between the two is lost.
 */
export async function prepareProcessor(
  { database, store }: { readonly database: Database; readonly store: EventStore },
  processor: Processor,
): Promise<void> {
  const { queue, version = 1, startAt = 'beginning' } = processor;
  const start = startAt === 'beginning' ? -1 : Number(await store.head());
  await sql`INSERT INTO platform.consumer (name, version, status, position)
    SELECT ${processorName(processor)}, ${version}, 'serving', CASE ${startAt} WHEN 'now' THEN coalesce((
      SELECT position FROM platform.consumer WHERE name = ${`jobs.${queue}`} OR name LIKE ${`jobs.${queue}@%`}
       ORDER BY version DESC LIMIT 1), ${start}::bigint) ELSE -1 END
    ON CONFLICT DO NOTHING`.execute(database.of());
}

/**
 * Makes a processor read the log: its jobs are written down and put on the queue, then the checkpoint moves. A job's id
 * comes from the event's position, so that an event read twice is still one job: the log is the outbox.
 */
export function processorConsumer(processor: Processor, jobs: DurableJobs): Consumer {
  return {
    name: processorName(processor),
    generation: 1,
    handles: Object.keys(processor.on),
    pageSize: PAGE_SIZE,
    beforehand: async (events, progressed) => {
      const asked = await jobs.ledger.ask(events.flatMap((event) => askedBy(processor, event)));
      progressed();
      await jobs.put(asked, progressed);
    },
    handle: async () => undefined,
  };
}

/** The jobs that an event asks for, under the ids that they always have. */
export function askedBy(processor: Processor, event: RecordedEvent): AskedJob[] {
  const { queue } = processor;
  const id = `${queue}-${event.position}`;
  return jobsFor(processor, event).map((job, n) => ({ ...job, queue, id: n ? `${id}-${n}` : id }));
}
