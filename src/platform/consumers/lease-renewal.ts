import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore } from '#platform/event-store/event-store.js';

const EVERY_MS = 1_500;
/** One question to the log is for all that ask within this time. */
const SHARED_MS = 1_000;

/**
 * Keeps a lease for as long as its holder gets on, and no longer: one that is stuck, or whose lines have fallen silent,
 * loses it though its clock ticks. With a page in hand it is renewed only when something was done since; without one
 * only when the log answers. While the page is being committed it is not: nobody else gets at the locked checkpoint.
 */
export class LeaseRenewal {
  private readonly ended = new AbortController();
  private inHand: 'nothing' | 'page' | 'transaction' = 'nothing';
  private gotOn = false;

  /** @param moved told of each step */
  constructor(
    private readonly store: EventStore,
    private readonly moved: () => void,
  ) {}

  /** Renews until it is ended. @throws what `renew` does */
  async keep(renew: () => Promise<void>): Promise<void> {
    const { signal } = this.ended;
    for (;;) {
      await wait(EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if (!(await this.isDue().catch(() => false))) continue; // another's log may answer
      this.gotOn = false;
      await renew();
    }
  }

  end(): void {
    this.ended.abort();
  }

  /** Something of the page in hand was done. */
  readonly progressed = (): void => {
    this.gotOn = true;
    this.moved();
  };

  /** Notes what is in hand while `work` is done. */
  async while<T>(inHand: 'page' | 'transaction', work: () => Promise<T>): Promise<T> {
    const before = this.inHand;
    this.inHand = inHand;
    this.progressed();
    try {
      return await work();
    } finally {
      this.inHand = before;
      this.progressed();
    }
  }

  private async isDue(): Promise<boolean> {
    if (this.inHand === 'nothing') {
      await answerOf(this.store).finally(this.moved);
    }
    // Since then a page may have come, and its transaction have begun.
    return this.inHand === 'nothing' || (this.inHand === 'page' && this.gotOn);
  }
}

const asked = new WeakMap<EventStore, { readonly at: number; readonly answer: Promise<unknown> }>();

/** Resolves when the log answers, or just has. */
async function answerOf(store: EventStore): Promise<void> {
  const last = asked.get(store);
  const isFresh = last && performance.now() - last.at < SHARED_MS;
  const asking = isFresh ? last : { at: performance.now(), answer: store.head() };
  asked.set(store, asking);
  await asking.answer;
}
