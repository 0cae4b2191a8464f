import { retryDelay } from './connection-loss.js';
import type { LogPage, Subscription, SubscriptionHandlers } from './event-store.js';
import type { SignalListener } from './signal.js';

/** How long a reader at the end of the log trusts silence, in milliseconds: a lost signal costs no more than this. */
const QUIET_MS = 1_000;

/** The log as its adapter reads it. */
export interface LogSource {
  read(after: bigint): Promise<LogPage>;
  /** Whether reading again later can help: the connection broke, rather than something is wrong for good. */
  isPassing(error: unknown): boolean;
}

/**
 * Follows the log: reads page after page, and at its end waits for news. Pulling is what gives back-pressure: a page is
 * only held while its handler works on it, and the next is read meanwhile. Pages that a filter left empty are handed on
 * too, so that whoever remembers positions can move on.
 */
export class LogSubscription implements Subscription {
  private readonly done: Promise<void>;
  private closed = false;

  constructor(
    private position: bigint,
    private readonly source: LogSource,
    private readonly handlers: SubscriptionHandlers,
    private readonly signals: SignalListener,
  ) {
    this.done = this.follow().then(
      () => this.handlers.onStopped?.(),
      (error: unknown) => this.handlers.onStopped?.(error),
    );
  }

  async close(): Promise<void> {
    this.closed = true;
    this.signals.raise();
    await this.done;
  }

  private async follow(): Promise<void> {
    let ahead = this.readWhenPossible(this.position);
    try {
      while (!this.closed) {
        const page = await ahead;
        if (this.closed || !page) return;
        const moved = page.next > this.position;
        const more = !page.atEnd;
        if (more) ahead = this.readWhenPossible(page.next);
        if (moved) await this.handle(page, ahead);
        if (more) continue;
        await this.signals.wait(QUIET_MS);
        ahead = this.readWhenPossible(this.position);
      }
    } finally {
      this.signals.stop();
      await ahead.catch(() => undefined);
    }
  }

  private async handle(page: LogPage, ahead: Promise<unknown>): Promise<void> {
    ahead.catch(() => undefined); // its failure is for the next turn; it must not be unhandled while this page is in hand
    await this.handlers.onPage(page);
    this.position = page.next;
  }

  /** Reads a page, however often the connection breaks. Nothing once this is closed. */
  private async readWhenPossible(after: bigint): Promise<LogPage | undefined> {
    for (let failures = 0; !this.closed; failures++) {
      try {
        return await this.source.read(after);
      } catch (error) {
        if (!this.source.isPassing(error)) throw error;
        await this.signals.wait(retryDelay(failures));
      }
    }
    return undefined;
  }
}
