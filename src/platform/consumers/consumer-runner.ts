import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/database/database.js';
import type { EventStore, LogPage, RecordedEvent } from '#platform/event-store/event-store.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { failureReason } from '#platform/telemetry/failure-reason.js';
import type { Consumer, ConsumerTransaction } from './consumer.js';
import { Lease, LeaseLost, type Held } from './lease.js';
import { LeaseRenewal } from './lease-renewal.js';
import type { Reader } from './standstill.js';
import { isTransient, tookTooLong } from './transient.js';

/** Who is told when a consumer stops at an event it cannot apply: loudly, since nothing behind it moves any more. */
export interface ConsumerWatch {
  parked(consumer: Consumer, event: RecordedEvent, error: unknown): void;
  /** It begins again by itself; after an `EventTooNew` only when newer programs have left the lease to it. */
  interrupted(consumer: Consumer, error: unknown): void;
}

const LOOK_EVERY_MS = 500;
const ATTEMPTS = 3;
/** How long whoever was interrupted leaves the lease to others: as long as they take to see that it is free. */
const INTERRUPTED_MS = 2 * LOOK_EVERY_MS;
/** How long a program that is too old leaves the lease to others: several times what they take to see that it is free. */
const OUTDATED_MS = 5000;

/** Runs one consumer in this process: waits for its lease, follows the log, applies pages; for ever until stopped. */
export class ConsumerRunner implements Reader {
  movedAt = performance.now();
  private readonly lease: Lease;
  private readonly stopping = new AbortController();
  private tooNew = '';
  private loop?: Promise<void>;

  constructor(
    private readonly consumer: Consumer,
    private readonly source: { readonly store: EventStore; readonly database: Database },
    private readonly watch: ConsumerWatch,
  ) {
    this.lease = new Lease(source.database, consumer);
  }

  get name(): string {
    return this.consumer.name;
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Finishes the page in hand and gives the lease back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.moved();
      let pause = this.consumer.lookEveryMs ?? LOOK_EVERY_MS;
      try {
        const held = await this.lease.acquire();
        if (held) await this.follow(held);
      } catch (error) {
        this.tell(error);
        pause = Math.max(pause, error instanceof EventTooNew ? OUTDATED_MS : INTERRUPTED_MS);
        // What is away for this process may not be for another.
        if (!(error instanceof LeaseLost)) await this.lease.release().catch(() => undefined);
      }
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
    await this.lease.release().catch(() => undefined);
  }

  /** What newer code wrote is told of once, though it is met again and again. */
  private tell(error: unknown): void {
    if (error instanceof LeaseLost || (error instanceof EventTooNew && error.message === this.tooNew)) return;
    if (error instanceof EventTooNew) this.tooNew = error.message;
    this.watch.interrupted(this.consumer, error);
  }

  /** Resolves when stopped; rejects when the lease or a connection was lost, or the consumer parked or handed back. */
  private async follow(held: Held): Promise<void> {
    const { signal } = this.stopping;
    await this.seeWhetherThere(held);
    if (signal.aborted) return; // meanwhile, or while the lease was being taken: the signal will not say so again
    const ended = Promise.withResolvers<void>();
    const renewal = new LeaseRenewal(this.source.store, this.moved);
    const subscription = this.source.store.subscribe(
      held.position,
      {
        onPage: (page) => renewal.while('page', () => this.apply(page, held, renewal)),
        onStopped: (error) => (error ? ended.reject(error) : ended.resolve()),
      },
      { filter: { types: this.consumer.handles }, pageSize: this.consumer.pageSize },
    );
    void renewal.keep(() => this.lease.renew(held)).catch(ended.reject);
    const stop = () => ended.resolve();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await ended.promise;
    } finally {
      renewal.end();
      signal.removeEventListener('abort', stop);
      await subscription.close();
    }
  }

  /** At the end of the log no page comes that could say so. */
  private async seeWhetherThere(held: Held): Promise<void> {
    const { position, status } = held;
    if (status === 'building' && position >= (await this.source.store.head()))
      await this.commit(
        { events: [], next: position, atEnd: true },
        held,
        new LeaseRenewal(this.source.store, this.moved),
      );
  }

  /** A page that fails for a reason of its own, or takes too long, is halved, until the event to blame stands alone. */
  private async apply(page: LogPage, held: Held, renewal: LeaseRenewal): Promise<void> {
    const { events } = page;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.commit(page, held, renewal);
      } catch (error) {
        if (error instanceof LeaseLost || !events.length) throw error;
        if (isTransient(error) && !(events.length > 1 && tookTooLong(error))) throw error;
        if (events.length > 1) break;
        if (error instanceof EventTooNew) return this.handBack(error);
        if (attempt === ATTEMPTS) return this.park(events[0]!, error);
        await wait(50 * attempt);
      }
    }
    const half = events.slice(0, events.length / 2);
    await this.apply({ events: half, next: half.at(-1)!.position, atEnd: false }, held, renewal);
    await this.apply({ ...page, events: events.slice(half.length) }, held, renewal);
  }

  /** The checkpoint is shared with programs that may know the event: it must not park for them. */
  private async handBack(error: EventTooNew): Promise<never> {
    await this.lease.release();
    throw error;
  }

  private async park(event: RecordedEvent, error: unknown): Promise<never> {
    await this.lease.park(event.position, failureReason(error));
    this.watch.parked(this.consumer, event, error);
    throw new LeaseLost();
  }

  private async commit({ events, next, atEnd }: LogPage, held: Held, renewal: LeaseRenewal): Promise<void> {
    if (events.length) await this.consumer.beforehand?.(events, renewal.progressed);
    const commit = async (transaction: ConsumerTransaction) => {
      const { position, status } = await this.lease.lock(transaction, held);
      const fresh = events.filter((event) => event.position > position);
      if (fresh.length) await this.consumer.handle(fresh, transaction, status);
      if (next > position) await this.lease.moveTo(transaction, next);
      if (atEnd) await this.consumer.caughtUp?.(transaction, status);
    };
    await renewal.while('transaction', () => this.source.database.transaction(commit));
  }

  private readonly moved = (): void => {
    this.movedAt = performance.now();
  };
}
