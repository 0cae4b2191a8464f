import type { Queue } from 'bullmq';
import { sql } from 'kysely';
import type { Consumer } from '#platform/consumers/consumer.js';
import type { Database } from '#platform/database/database.js';
import type { JobHandler, Processor } from './job.js';
import type { QueueBackend } from './job-queues.js';

/**
 * Makes a processor read the log: it puts the job on its queue, then the checkpoint moves. The job's id comes from the
 * event's position, so that an event read twice is still one job: the log is the outbox.
 */
export async function processorConsumer(
  database: Database,
  backend: QueueBackend,
  processor: Processor,
  handler: Pick<JobHandler, 'attempts'>,
): Promise<{ consumer: Consumer; queue: Queue }> {
  const name = `jobs.${processor.queue}`;
  await sql`INSERT INTO platform.consumer (name, version, status) VALUES (${name}, 1, 'serving')
    ON CONFLICT DO NOTHING`.execute(database.of());
  const queue = backend.queue(processor.queue);
  const backoff = { type: 'exponential', delay: 2000, jitter: 0.3 };
  const consumer: Consumer = {
    name,
    generation: 1,
    handles: Object.keys(processor.on),
    pageSize: 500,
    handle: async (events) => {
      for (const event of events) {
        const job = processor.on[event.type]!(event);
        if (!job) continue;
        const jobId = `${processor.queue}-${event.position}`;
        await queue.add(processor.queue, job.data, { jobId, delay: job.delayMs, attempts: handler.attempts, backoff });
      }
    },
  };
  return { consumer, queue };
}
