import type { Pool } from 'pg';
import { waitingAtMost } from '#platform/database/answer-deadline.js';
import { isConnectionLoss, retryDelay } from './connection-loss.js';
import { Signal } from './signal.js';

/** Events given a position per transaction. */
const BATCH = 2_000;
/** Sooner than others wait: no new event is seen meanwhile. Ten times what it takes on a busy machine. */
const SILENT_AFTER_MS = 4_000;

export interface SequencerOptions {
  /** How often to look for events that other processes appended, in milliseconds. */
  readonly pollMs: number;
  /** Pause after each sequencing, in which further appends come together, in milliseconds. */
  readonly gatherMs: number;
  /** Told of every failure that is not a lost connection: nobody sees new events while it lasts. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Gives committed events their place in the log. Woken by every append of this process; looks by itself every
 * `pollMs` for those of others. One per process: many may run, and PostgreSQL lets one at a time do the work.
 */
export class CommitSequencer {
  private readonly woken = new Signal();
  private readonly signals = this.woken.listen();
  private readonly closing = new Signal();
  private readonly done: Promise<void>;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly onSequenced: () => void,
    private readonly options: SequencerOptions,
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
    this.closing.raise();
    await this.done;
  }

  private async run(): Promise<void> {
    const closing = this.closing.listen();
    let failures = 0;
    while (!this.closed) {
      await this.signals.wait(this.options.pollMs);
      if (this.closed) return;
      const pause = await this.sequence().then(
        (sequenced) => ((failures = 0), sequenced > 0 && sequenced < BATCH ? this.options.gatherMs : 0),
        (error: unknown) => (this.report(error), retryDelay(failures++)),
      );
      if (pause > 0) await closing.wait(pause);
    }
  }

  private async sequence(): Promise<number> {
    const statement = { name: 'es.sequence', text: 'SELECT es.sequence($1) AS n', values: [BATCH] };
    const { rows } = await waitingAtMost(SILENT_AFTER_MS, () => this.pool.query<{ n: number }>(statement));
    const { n } = rows[0]!;
    if (n > 0) this.onSequenced();
    if (n >= BATCH) this.woken.raise();
    return n;
  }

  private report(error: unknown): void {
    if (!isConnectionLoss(error)) this.options.onTrouble(error);
  }
}
