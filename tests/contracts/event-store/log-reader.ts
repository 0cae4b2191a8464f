import type { EventFilter, EventStore, LogPage, RecordedEvent } from '#platform/event-store/event-store.js';
import { until } from './event-fixtures.js';

/** A subscriber that keeps what it was handed, and checks on the way that the log only ever moves forward. */
export class LogReader {
  readonly events: RecordedEvent[] = [];
  readonly pages: LogPage[] = [];
  stopped: { error?: unknown } | undefined;
  next: bigint;
  readonly subscription;

  constructor(
    store: EventStore,
    after: bigint,
    options: { filter?: EventFilter; pageSize?: number; onPage?: (page: LogPage) => Promise<void> } = {},
  ) {
    this.next = after;
    const onPage = async (page: LogPage) => {
      for (const event of page.events) {
        if (event.position <= this.next) throw new Error(`Position ${event.position} came after ${this.next}`);
        this.next = event.position;
      }
      if (page.next < this.next) throw new Error(`A page ended at ${page.next}, before its own event ${this.next}`);
      this.next = page.next;
      await options.onPage?.(page);
      this.pages.push(page);
      this.events.push(...page.events);
    };
    this.subscription = store.subscribe(after, { onPage, onStopped: (error) => (this.stopped = { error }) }, options);
  }

  /** Waits for that many events. */
  async has(count: number): Promise<void> {
    await until(`${count} events were read`, () => this.events.length >= count || this.stopped !== undefined);
    if (this.events.length < count)
      throw new Error(`Stopped after ${this.events.length} events: ${String(this.stopped?.error)}`);
  }
}
