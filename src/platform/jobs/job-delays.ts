import { setTimeout as wait } from 'node:timers/promises';
import { DelayedError, type Job } from 'bullmq';
import { isTransient } from '#platform/consumers/transient.js';
import { answered } from './queue-away.js';

const LONGEST_PAUSE_MS = 60_000;
/** How often a queue that is away itself is told that a job is put off. */
const TELL_EVERY_MS = 1_000;
/** How long that is tried at a worker's stop. */
const LAST_WORD_MS = 2_000;

/** Puts jobs off, which costs them no attempt. */
export class JobDelays {
  /** @param stopping aborted when the worker stops */
  constructor(
    private readonly firstMs: number,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Has the job done later: a part of ours is away, for as long as it is, or this worker stops, or others come first. The
   * queue may lie in that part, too; once another worker has the job, it is theirs.
   */
  async putOff(job: Job, delayMs: number, token?: string): Promise<never> {
    const signal = this.stopping;
    const delayed = () => job.moveToDelayed(Date.now() + delayMs, token).then(() => true);
    const tell = () => answered(delayed(), signal.aborted ? LAST_WORD_MS : undefined);
    const unheard = (error: unknown) =>
      !isTransient(error) || wait(TELL_EVERY_MS, false, { signal }).catch(() => false);
    while (!(await tell().catch(unheard)) && !signal.aborted);
    throw new DelayedError();
  }

  /** Twice as long each time. */
  nextOf(job: Job): number {
    return jittered(Math.min(LONGEST_PAUSE_MS, this.firstMs * 2 ** timesDelayed(job)));
  }
}

/** How often a job has been put off. */
export function timesDelayed({ attemptsStarted, attemptsMade, stalledCounter }: Job): number {
  return Math.max(0, attemptsStarted - attemptsMade - 1 - stalledCounter);
}

/** In whole milliseconds, which PostgreSQL insists on; never quite the same, lest all come back at one moment. */
export function jittered(longestMs: number): number {
  return Math.round(longestMs * (0.7 + 0.3 * Math.random()));
}
