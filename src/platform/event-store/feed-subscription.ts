import { retryDelay } from './connection-loss.js';
import type { LogPage, RecordedEvent, Subscription, SubscriptionHandlers } from './event-store.js';
import { FeedPages, type Choice } from './feed-pages.js';
import type { LogFeed } from './log-feed.js';
import { Signal } from './signal.js';

/** How often a silent feed is looked at; its news do not depend on it. In milliseconds. */
const IDLE_MS = 60_000;

/** A log that says by itself what happens in it. */
export interface FeedSource<Record extends { readonly position: bigint }> extends Choice<Record> {
  open(after: bigint): LogFeed<Record>;
  toEvents(records: readonly Record[]): Promise<RecordedEvent[]>;
  /** Whether opening it again can help, after that many failures in a row. */
  isPassing(error: unknown, failures: number): boolean;
}

/**
 * Follows a log that is fed by its server. A feed that broke is opened anew behind the last page that was handled, so that
 * nothing is skipped; what comes twice is passed over by its position. A page is fetched while the one before is in hand.
 */
export class FeedSubscription<Record extends { readonly position: bigint }> implements Subscription {
  private readonly closing = new Signal();
  private readonly signals = this.closing.listen();
  private readonly done: Promise<void>;
  private feed: LogFeed<Record> | undefined;
  private closed = false;

  constructor(
    private position: bigint,
    private readonly source: FeedSource<Record>,
    private readonly handlers: SubscriptionHandlers,
    private readonly pageSize: number,
  ) {
    this.done = this.follow().then(
      () => this.handlers.onStopped?.(),
      (error: unknown) => this.handlers.onStopped?.(error),
    );
  }

  async close(): Promise<void> {
    this.closed = true;
    this.feed?.interrupt();
    this.signals.raise();
    await this.done;
  }

  private async follow(): Promise<void> {
    for (let [from, failures] = [this.position, 0]; !this.closed; failures++) {
      const feed = (this.feed = this.source.open(from));
      const pages = new FeedPages(feed, this.position, this.source);
      try {
        for (let page = await this.next(pages, feed); page; page = await this.next(pages, feed)) {
          failures = 0;
          await this.handle(page);
          from = pages.scanned;
        }
      } catch (error) {
        if (error instanceof NotHandled) throw error.cause;
        if (!this.source.isPassing(error, failures)) throw error;
      } finally {
        feed.close();
      }
      if (!this.closed) await this.signals.wait(retryDelay(failures));
    }
  }

  /** The next page; nothing once this is closed. @throws what broke the feed */
  private async next(pages: FeedPages<Record>, feed: LogFeed<Record>): Promise<LogPage | undefined> {
    while (!this.closed) {
      const page = pages.take(this.pageSize);
      if (page) {
        const events = await this.source.toEvents(page.records);
        return { events, next: page.next ?? this.position, atEnd: page.atEnd };
      }
      await feed.more(IDLE_MS);
    }
    return undefined;
  }

  private async handle(page: LogPage): Promise<void> {
    if (this.closed) return;
    await this.handlers.onPage(page).catch((cause: unknown) => {
      throw new NotHandled(cause);
    });
    this.position = page.next;
  }
}

/** Tells the reader's own failure from one of the feed. */
class NotHandled extends Error {
  constructor(override readonly cause: unknown) {
    super('The reader failed');
  }
}
