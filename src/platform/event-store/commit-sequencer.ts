import type { Pool } from 'pg';
import { retryDelay } from './connection-loss.js';
import { Signal } from './signal.js';

/** Events given a position per transaction. */
const BATCH = 2_000;

/**
 * Gives committed events their place in the log. Woken by every append of this process; looks by itself every
 * `pollMs` for those of others. One per process: many may run, and PostgreSQL lets one at a time do the work.
 */
export class CommitSequencer {
  private readonly woken = new Signal();
  private readonly ear = this.woken.listen();
  private readonly done: Promise<void>;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly onSequenced: () => void,
    private readonly options: { readonly pollMs: number; readonly gatherMs: number },
  ) {
    this.done = this.run();
  }

  /** There is something to sequence. */
  wake(): void {
    this.woken.raise();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.woken.raise();
    await this.done;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.closed) {
      await this.ear.wait(failures > 0 ? retryDelay(failures) : this.options.pollMs);
      if (this.closed) return;
      const sequenced = await this.sequence().catch(() => -1);
      failures = sequenced < 0 ? failures + 1 : 0;
      if (sequenced > 0) await this.gather();
    }
  }

  private async sequence(): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>({
      name: 'es.sequence',
      text: 'SELECT es.sequence($1) AS n',
      values: [BATCH],
    });
    const n = rows[0]!.n;
    if (n > 0) this.onSequenced();
    if (n >= BATCH) this.woken.raise();
    return n;
  }

  /** Under load, lets a few appends come together: one transaction for many costs the appenders less than many. */
  private gather(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.options.gatherMs).unref());
  }
}
