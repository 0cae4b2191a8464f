import { Observable, Subject, type Subscriber } from 'rxjs';
import { workspaceOf } from '#kernel/event.js';
import type { EventStore, LogPage, RecordedEvent, Subscription } from '#platform/event-store/event-store.js';
import { EventTooNew } from '#platform/streams/lift.js';
import type { Announcements } from './announcements.js';

/** What a feed tells of: lists, by the names of their checkpoints, and what an event changes in them. */
export interface FeedSource<Change> {
  readonly lists: readonly string[];
  readonly types: readonly string[];
  changesOf(event: RecordedEvent): readonly Change[];
}

/** What one event changed. Its position is where whoever comes back goes on from. */
export interface Told<Change> {
  readonly position: bigint;
  /** Null for what is no workspace's. */
  readonly workspaceId: string | null;
  readonly changes: readonly Change[];
}

/** Null where this program is too old to know. */
type Heard<Change> = Omit<Told<Change>, 'changes'> & { readonly changes: readonly Change[] | null };

/** Told instead of what was missed when that is too much: load everything anew. */
export const TOO_MUCH_MISSED = 'too-much-missed';

/** A list that stands is told of anyway after this long: its readers then see what there is. */
const HELD_AT_MOST_MS = 5000;
const LOOK_EVERY_MS = 250;
const MOST_REPLAYED = 2000;

/**
 * Follows the log in every web server and tells of a change once the lists have committed it, so that whoever then asks
 * a list sees it without waiting.
 */
export class ChangeFeed<Change> {
  private readonly subject = new Subject<Heard<Change>>();
  private readonly held: { readonly told: Heard<Change>; readonly since: number }[] = [];
  private toldUpTo = -1n;
  private subscription?: Subscription;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly store: EventStore,
    private readonly announcements: Announcements,
    private readonly source: FeedSource<Change>,
  ) {}

  async start(): Promise<void> {
    this.toldUpTo = await this.store.head();
    const onPage = async (page: LogPage) => this.hold(page);
    this.subscription = this.store.subscribe(this.toldUpTo, { onPage }, { filter: this.filter });
    this.announcements.moved.subscribe(() => this.release());
    // Announcements may be lost with their line, and a list may stand.
    const look = () => (this.held.length ? this.announcements.refresh().then(() => this.release()) : undefined);
    this.timer = setInterval(() => void look()?.catch(() => this.release()), LOOK_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.subject.complete();
    await this.subscription?.close();
  }

  /** The last position of which everything has been told. */
  get position(): bigint {
    return this.toldUpTo;
  }

  /**
   * What changes in a workspace from now on, after what changed since a position, in order and once each. Between the
   * two stands one without changes.
   * @param since as told before; null: only what is new
   */
  follow(workspaceId: string, since: bigint | null): Observable<Told<Change> | typeof TOO_MUCH_MISSED> {
    return new Observable((subscriber) => {
      const early: Heard<Change>[] = [];
      let replaying = true;
      let from = since;
      const own = (told: Heard<Change>) => {
        if (told.workspaceId !== workspaceId) return;
        if (from !== null && told.position <= from) return; // another server, which is ahead, has told it
        if (replaying) early.push(told);
        else subscriber.next(sayable(told));
      };
      const until = this.toldUpTo;
      const following = this.subject.subscribe({ next: own, complete: () => subscriber.complete() });
      const beginning = this.isBeyondTheLog(since).then((beyond) => {
        if (!beyond) return this.replay(subscriber, { workspaceId, since: since ?? until, until });
        from = null;
        return subscriber.next(TOO_MUCH_MISSED);
      });
      void beginning.then(() => {
        replaying = false;
        subscriber.next({ position: until, workspaceId, changes: [] });
        for (const told of early) subscriber.next(sayable(told));
      });
      return following;
    });
  }

  /** Whether a position was told of another log: this one was put back to an earlier day since. Never rejects. */
  private async isBeyondTheLog(position: bigint | null): Promise<boolean> {
    if (position === null || position <= this.toldUpTo) return false;
    return position > (await this.store.head().catch(() => position));
  }

  /** Never rejects: what cannot be read is what the listener must load. */
  private async replay(
    to: Subscriber<Told<Change> | typeof TOO_MUCH_MISSED>,
    { workspaceId, since, until }: { workspaceId: string; since: bigint; until: bigint },
  ): Promise<void> {
    try {
      for (let [position, read] = [since, 0]; position < until && !to.closed;) {
        if (read >= MOST_REPLAYED) return to.next(TOO_MUCH_MISSED);
        const { events, next, atEnd } = await this.store.readLog(position, { filter: this.filter });
        for (const event of events)
          if (event.position <= until && workspaceOf(event.meta) === workspaceId) to.next(sayable(this.told(event)));
        if (atEnd) return;
        [position, read] = [next, read + events.length];
      }
    } catch {
      to.next(TOO_MUCH_MISSED);
    }
  }

  private hold({ events }: LogPage): void {
    for (const event of events) this.held.push({ told: this.told(event), since: Date.now() });
    this.release();
  }

  private release(): void {
    const positions = this.source.lists.map((name) => this.announcements.positionOf(name));
    const committed = positions.reduce((least, position) => (position < least ? position : least));
    const tooLong = Date.now() - HELD_AT_MOST_MS;
    for (let next = this.held[0]; next; next = this.held[0]) {
      if (next.told.position > committed && next.since > tooLong) return;
      this.held.shift();
      this.toldUpTo = next.told.position;
      this.subject.next(next.told);
    }
  }

  private told(event: RecordedEvent): Heard<Change> {
    const { position, meta } = event;
    return { position, workspaceId: workspaceOf(meta), changes: this.changesOf(event) };
  }

  /** What a newer program wrote must not end the feed: its lists show it, and its readers are to load them. */
  private changesOf(event: RecordedEvent): readonly Change[] | null {
    try {
      return this.source.changesOf(event);
    } catch (error) {
      if (error instanceof EventTooNew) return null;
      throw error;
    }
  }

  private get filter() {
    return { types: this.source.types };
  }
}

function sayable<Change>(heard: Heard<Change>): Told<Change> | typeof TOO_MUCH_MISSED {
  const { changes } = heard;
  return changes ? { ...heard, changes } : TOO_MUCH_MISSED;
}
