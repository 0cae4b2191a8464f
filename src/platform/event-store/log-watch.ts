import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { StartProblem } from '#platform/config/start-problem.js';
import type { EventStore } from './event-store.js';
import { compareLog } from './log-identity.js';

const EVERY_MS = 10_000;

/**
 * Looks again and again whether the log is still the one that the process began with: one that is put back to an earlier
 * day under running processes would take what is appended to places that readers have passed.
 */
export class LogWatch {
  /** Resolves, if ever, with why the log is not this database's any more. The process should then end. */
  readonly lost: Promise<StartProblem>;
  private readonly closing = new AbortController();
  private readonly done: Promise<void>;

  constructor(store: EventStore, pool: Pool, where: string, everyMs = EVERY_MS) {
    const lost = Promise.withResolvers<StartProblem>();
    this.lost = lost.promise;
    this.done = this.look(() => compareLog(store, pool, where), everyMs, lost.resolve);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.done;
  }

  private async look(compare: () => Promise<unknown>, everyMs: number, lost: (why: StartProblem) => void) {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const error = await compare().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      // Not being able to look says nothing.
      if (error instanceof StartProblem) return lost(error);
    }
  }
}
