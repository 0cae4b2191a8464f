import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Handlers } from '#platform/streams/handlers.js';

/** What a job carries: ids and numbers only, since queues keep payloads, failures and logs. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>;

export interface JobContext {
  /** 1 for the first try. What ended because a part of ours was away was none. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the worker shuts down, and the job then runs again elsewhere; or when it is not wanted any more. */
  readonly signal: AbortSignal;
}

/** Does the work of one queue. `run` may be called again with the same data at any time, so it must be idempotent. */
export abstract class JobHandler<Data extends JobData = JobData> {
  abstract readonly queue: string;
  /** How many at once in one worker; default 1. */
  readonly concurrency: number = 1;
  /**
   * How many of one workspace at once in one worker, fewer than `concurrency`: then another's never wait until they are
   * done. By default there is no such limit.
   */
  readonly perWorkspace?: number;
  /** Tries before giving up, with exponential back-off from two seconds; default 5. An outage of ours costs none. */
  readonly attempts: number = 5;
  /** Runs the job again and again this often, in milliseconds, once in the whole system. */
  readonly every?: number;
  abstract run(data: Data, context: JobContext): Promise<void>;
  /** Whether what it works on is still there; asked every few seconds while it runs. Once not, the job is over. */
  async isWanted(_data: Data): Promise<boolean> {
    return true;
  }
  /** The job has brought down too many workers to be run again: says so to whoever waits for it. */
  async gaveUp(_data: Data): Promise<void> {}
}

/** A job that an event asks for; `delayMs` holds it back. */
export interface Asked<Data extends JobData = JobData> {
  readonly data: Data;
  readonly delayMs?: number;
}

/** Turns events into jobs: named verb and object, it fills the queue of the same name. */
export interface Processor<Data extends JobData = JobData> {
  /** Also the queue's name: `<context>-<verb>-<object>`. */
  readonly queue: string;
  /** Where it begins when it is new; default `beginning`. What acts outside must not act for all of history: `now`. */
  readonly startAt?: 'beginning' | 'now';
  /**
   * Default 1. Raised when `on` changes so that events which were read already matter: the new version begins where
   * `startAt` says, or where the one before stands, while processes of the old code go on with theirs.
   */
  readonly version?: number;
  /** The job for an event, or several, or null when this one asks for none. */
  readonly on: Handlers<[], Asked<Data> | readonly Asked<Data>[] | null>;
}

/** The jobs that an event asks of a processor. */
export function jobsFor<Data extends JobData>(
  { on }: Pick<Processor<Data>, 'on'>,
  event: RecordedEvent,
): readonly Asked<Data>[] {
  return [on[event.type]!(event) ?? []].flat();
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
