import { retryDelay } from './connection-loss.js';
import type { Signal } from './signal.js';

/** A readable stream of whatever happens, which can be ended from this side. */
interface Feed {
  on(event: 'data' | 'confirmation' | 'end' | 'error', listener: () => void): unknown;
  unsubscribe(): Promise<void>;
  destroy(): unknown;
}

/**
 * Raises a signal whenever a live stream says anything. It only wakes readers, who then read by position: so nothing
 * depends on what it missed. A broken stream is opened anew, and the signal raised once for what was said in between.
 */
export class LiveFeed {
  private feed: Feed | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly openFeed: () => Feed,
    private readonly news: Signal,
  ) {
    this.open();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.feed?.unsubscribe().catch(() => undefined);
    this.feed?.destroy();
  }

  private open(): void {
    const feed = this.openFeed();
    this.feed = feed;
    feed.on('data', () => this.news.raise());
    feed.on('confirmation', () => {
      this.failures = 0;
      this.news.raise();
    });
    feed.on('end', () => this.reopen(feed));
    feed.on('error', () => this.reopen(feed));
  }

  private reopen(feed: Feed): void {
    if (this.closed || feed !== this.feed) return;
    this.feed = undefined;
    feed.destroy();
    this.retry = setTimeout(() => this.open(), retryDelay(this.failures++)).unref();
  }
}
