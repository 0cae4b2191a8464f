import type { Page } from '../api/types.js';
import { isAway, isGone } from '../api/problem.js';
import { Unanswered } from './ask-again.js';
import { appendPage, placeChanged, refreshHead, withoutItem, type Listed } from './list-merge.js';

type Source<T extends Listed> = {
  /** One page; the first without a cursor. */
  page(cursor: string | undefined, signal: AbortSignal): Promise<Page<T>>;
  one(id: string, after?: string): Promise<T>;
  /** The ISO time that orders the list, newest first. */
  at(item: T): string;
  matches(item: T): boolean;
  /** Whether an item never seen may join by `matches` alone; otherwise the server is asked for the top anew. */
  addsUnasked?(): boolean;
};

/** A list that loads by pages and stays true while the world changes. Failures stay until the next attempt. */
export class PagedList<T extends Listed> {
  items: readonly T[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  failure: unknown = $state.raw(null);
  loadingMore = $state(false);
  moreFailed = $state(false);
  #cursor: string | null = $state(null);
  #running = new AbortController();
  #fetched: string[] = [];
  #unanswered: Unanswered;
  #source: Source<T>;

  constructor(source: Source<T>, unanswered = new Unanswered()) {
    this.#source = source;
    this.#unanswered = unanswered;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  /** From the beginning: at first, when the filters change, and when somebody asks to try again. */
  async load(): Promise<void> {
    const signal = this.#restart();
    this.state = 'loading';
    try {
      const { items, nextCursor } = await this.#source.page(undefined, signal);
      if (signal.aborted) return;
      Object.assign(this, { items, state: 'ready', failure: null });
      this.#cursor = nextCursor;
    } catch (failure) {
      if (!signal.aborted) Object.assign(this, { state: 'failed', failure });
    }
  }

  async loadMore(): Promise<void> {
    if (this.loadingMore || this.#cursor === null) return;
    const { signal } = this.#running;
    Object.assign(this, { loadingMore: true, moreFailed: false });
    try {
      const { items, nextCursor } = await this.#source.page(this.#cursor, signal);
      if (signal.aborted) return;
      this.items = appendPage(this.items, items);
      this.#cursor = nextCursor;
    } catch {
      this.moreFailed = !signal.aborted;
    } finally {
      this.loadingMore = false;
    }
  }

  /** Quietly looks again from the top; later, while the server is away. Meanwhile the list on the screen stands. */
  async refresh(): Promise<void> {
    if (this.state !== 'ready') return this.load();
    const { signal } = this.#running;
    const head = await this.#source.page(undefined, signal).catch((failure: unknown) => {
      if (!signal.aborted) this.#unanswered.keep(failure, 'the top', () => this.refresh());
    });
    if (!head || signal.aborted) return;
    this.items = head.nextCursor === null ? head.items : refreshHead(this.items, head.items, this.#source.at);
    if (head.nextCursor === null) this.#cursor = null;
  }

  /** One item changed somewhere: fetch it, later while the server is away, and put it where it belongs. */
  async changed(id: string, after?: string): Promise<void> {
    const { signal } = this.#running;
    try {
      const item = await this.#source.one(id, after);
      if (signal.aborted) return;
      const mayJoin = this.#source.addsUnasked?.() ?? true;
      if (mayJoin || this.items.some((known) => known.id === id)) this.put(item);
      else await this.refresh();
    } catch (failure) {
      if (signal.aborted) return;
      if (isGone(failure)) this.remove(id);
      else this.#unanswered.keep(failure, id, () => this.changed(id, after));
    }
  }

  /** Brings in one item however old it is. Asked once, unless the server is away: what is not there stays away. */
  async fetchOnce(id: string): Promise<void> {
    if (this.#fetched.includes(id)) return;
    this.#fetched.push(id);
    const { signal } = this.#running;
    const item = await this.#source.one(id).catch((failure: unknown) => {
      this.#fetched = this.#fetched.filter((known) => known !== id || !isAway(failure));
      if (!signal.aborted) this.#unanswered.keep(failure, `once ${id}`, () => this.fetchOnce(id));
    });
    if (item && this.#source.matches(item) && !signal.aborted) this.items = appendPage(this.items, [item]);
  }

  put(item: T): void {
    const { at, matches } = this.#source;
    this.items = placeChanged(this.items, item, { at, matches, complete: !this.hasMore });
  }

  remove(id: string): void {
    this.items = withoutItem(this.items, id);
  }

  stop(): void {
    this.#running.abort();
    this.#unanswered.forget();
  }

  #restart(): AbortSignal {
    this.stop();
    this.#running = new AbortController();
    return this.#running.signal;
  }
}
