import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** What a job carries: ids and numbers only, since queues keep payloads, failures and logs. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>;

export interface JobContext {
  /** 1 for the first try. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the worker shuts down; the job then runs again elsewhere. */
  readonly signal: AbortSignal;
}

/** Does the work of one queue. `run` may be called again with the same data at any time, so it must be idempotent. */
export abstract class JobHandler<Data extends JobData = JobData> {
  abstract readonly queue: string;
  /** How many at once in one worker; default 1. */
  readonly concurrency: number = 1;
  /** Tries before giving up, with exponential back-off from two seconds; default 5. */
  readonly attempts: number = 5;
  /** Runs the job again and again this often, in milliseconds, once in the whole system. */
  readonly every?: number;
  abstract run(data: Data, context: JobContext): Promise<void>;
  /** The job has brought down too many workers to be run again: says so to whoever waits for it. */
  async gaveUp(_data: Data): Promise<void> {}
}

/** Turns events into jobs: named verb and object, it fills the queue of the same name. */
export interface Processor<Data extends JobData = JobData> {
  /** Also the queue's name: `<context>-<verb>-<object>`. */
  readonly queue: string;
  /** The job for an event, or null when this one asks for none. `delayMs` holds it back. */
  readonly on: Readonly<Record<string, (event: RecordedEvent) => { data: Data; delayMs?: number } | null>>;
}

/**
 * @throws Error when a queue that is fed has no handler, or two: such a job would wait for ever, or be done by chance
 */
export function checkHandlers(processors: readonly Processor[], handlers: readonly JobHandler[]): void {
  const count = (queue: string) => handlers.filter((handler) => handler.queue === queue).length;
  for (const queue of new Set([...processors, ...handlers].map((one) => one.queue))) {
    if (count(queue) === 0) throw new Error(`No handler does the jobs of queue "${queue}".`);
    if (count(queue) > 1) throw new Error(`${count(queue)} handlers claim the queue "${queue}"; there must be one.`);
  }
}
