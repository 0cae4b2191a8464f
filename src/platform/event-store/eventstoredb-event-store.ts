import type { Pool } from 'pg';
import { assertAppendable, assertNotTooLarge } from './append-rules.js';
import {
  EventStore,
  WrongExpectedVersion,
  type Appended,
  type EventFilter,
  type ExpectedVersion,
  type LogPage,
  type NewEvent,
  type RecordedEvent,
  type Subscription,
  type SubscriptionHandlers,
} from './event-store.js';
import { EventStoreDbClient, StreamIsAt, type StoredRecord } from './eventstoredb-client.js';
import { FeedPages } from './feed-pages.js';
import { FeedSubscription, type FeedSource } from './feed-subscription.js';
import { KnownPositions } from './known-positions.js';
import { attachSealed, countSealed, eraseSealed, insertSealed } from './sealed-parts.js';
import { isOurs, toMessage, toOpenable } from './stored-records.js';

const PAGE_SIZE = 500;
/** The end of the log is looked at in small pages first: mostly the last record is the one. */
const FIRST_LOOK = 10;
/** How long a page may keep its reader waiting, in milliseconds. */
const PAGE_MS = 5_000;
/** `workspace-…`, where a prefix would end in a dot. */
const UNPREFIXED = '^[a-z_]+-';

/**
 * The event store on EventStoreDB/KurrentDB. A cell's streams begin with its prefix, by which the server filters what it
 * hands out: what other applications keep there is not seen. Positions are commit positions in $all: ascending, with
 * gaps. Sealed parts stay in PostgreSQL (`es.event_pii`), because an event that was deleted there remains in $all until
 * every node has been scavenged.
 */
export class EventStoreDbEventStore extends EventStore {
  private readonly subscriptions = new Set<Subscription>();
  private readonly known = new KnownPositions();

  private constructor(
    private readonly client: EventStoreDbClient,
    private readonly pool: Pool,
    private readonly prefix: string,
  ) {
    super();
  }

  /** @param prefix of this cell's streams, without the dot; empty for a cell from before there were any */
  static connect(address: string, pool: Pool, prefix: string): EventStoreDbEventStore {
    return new EventStoreDbEventStore(EventStoreDbClient.connect(address), pool, prefix ? `${prefix}.` : '');
  }

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    assertAppendable(stream, expected, events);
    const messages = events.map(toMessage);
    assertNotTooLarge(
      messages.map(({ type, data, metadata }) => type + JSON.stringify(data) + JSON.stringify(metadata)),
    );
    const before = expected === 'no_stream' ? -1 : expected;
    await this.keepSealed(stream, before + 1, events);
    try {
      const { revision, position } = await this.client.append(this.prefix + stream, before, messages);
      if (position !== null) this.known.add(stream, revision, position);
      return { version: revision };
    } catch (error) {
      if (!(error instanceof StreamIsAt)) throw error;
      throw new WrongExpectedVersion(stream, expected, error.revision);
    }
  }

  async readStream(stream: string, from = 0): Promise<RecordedEvent[]> {
    return this.toEvents(await this.client.readStream(this.prefix + stream, from));
  }

  async readLog(after: bigint, options: { limit?: number; filter?: EventFilter } = {}): Promise<LogPage> {
    const { limit = PAGE_SIZE, filter } = options;
    const { records, next, atEnd } = await this.client.asked(() => this.page(after, limit, this.source(limit, filter)));
    return { events: await this.toEvents(records), next, atEnd };
  }

  subscribe(
    after: bigint,
    handlers: SubscriptionHandlers,
    options: { filter?: EventFilter; pageSize?: number } = {},
  ): Subscription {
    const { pageSize = PAGE_SIZE, filter } = options;
    const onStopped = (error?: unknown) => {
      this.subscriptions.delete(subscription);
      handlers.onStopped?.(error);
    };
    const source = this.source(pageSize, filter);
    const subscription = new FeedSubscription(after, source, { ...handlers, onStopped }, pageSize);
    this.subscriptions.add(subscription);
    return subscription;
  }

  /** Reads by stream come without positions, so this looks through $all from its end: quick for what was just appended. */
  async positionOf(stream: string, version: number): Promise<bigint | null> {
    const known = this.known.of(stream, version);
    if (known !== undefined) return known;
    const name = this.prefix + stream;
    if ((await this.client.readStream(name, version, 1)).length === 0) return null;
    for await (const record of this.backwards())
      if (record.stream === name && record.revision === version) return record.position;
    return null;
  }

  async head(): Promise<bigint> {
    let last: bigint | undefined;
    for await (const record of this.backwards()) {
      last ??= record.position;
      const own = this.isOwn(record) ? record.position : this.known.lastUpTo(record.position);
      if (own !== undefined) return this.known.setLast(own, last);
    }
    return -1n;
  }

  async readAt(positions: readonly bigint[]): Promise<RecordedEvent[]> {
    const found: StoredRecord[] = [];
    for (const position of positions) {
      const record = await this.client.readAt(position);
      if (record?.position === position && this.isOwn(record)) found.push(record);
    }
    return this.toEvents(found);
  }

  /** Whether a cell from before there were prefixes wrote here. What is not found within seconds is taken for none. */
  async holdsUnprefixed(): Promise<boolean> {
    const source = { ...this.source(1), isOwn: isOurs };
    const names = { regex: UNPREFIXED };
    const open = (after: bigint) => this.client.follow(after, names, PAGE_SIZE);
    const page = await this.page(-1n, 1, { ...source, open }).catch(() => null);
    return page !== null && page.records.length > 0;
  }

  countSealed(subject: string): Promise<number> {
    return countSealed(this.pool, subject);
  }

  eraseSealed(subject: string): Promise<number> {
    return eraseSealed(this.pool, subject);
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.client.close();
  }

  /** One page of what a feed begins with: the server filters nothing else. */
  private async page(after: bigint, limit: number, source: FeedSource<StoredRecord>) {
    const feed = source.open(after);
    const pages = new FeedPages(feed, after, source);
    const end = performance.now() + PAGE_MS;
    try {
      for (let [records, next] = [[] as StoredRecord[], after]; ;) {
        const page = pages.take(limit - records.length);
        if (page) [records, next] = [[...records, ...page.records], page.next ?? next];
        if (page?.atEnd || records.length === limit) return { records, next, atEnd: page?.atEnd ?? false };
        if (performance.now() > end) throw new Error('EventStoreDB does not say where its log ends');
        if (!page) await feed.more(PAGE_MS);
      }
    } finally {
      feed.close();
    }
  }

  /** Everything in $all, from its end on. */
  private async *backwards(): AsyncGenerator<StoredRecord> {
    for (let [before, count] = [null as bigint | null, FIRST_LOOK]; ; count = PAGE_SIZE) {
      const records: StoredRecord[] = await this.client.readBackwards(before, count);
      yield* records;
      if (records.length < count) return;
      before = records.at(-1)!.position;
    }
  }

  private source(pageSize: number, filter?: EventFilter): FeedSource<StoredRecord> {
    const names = this.prefix ? { prefix: this.prefix } : { regex: '^[^$]' };
    return {
      open: (after) => this.client.follow(after, names, pageSize),
      isOwn: (record) => this.isOwn(record),
      isWanted: (record) => !filter || filter.types.includes(record.type),
      toEvents: (records) => this.toEvents(records),
      isPassing: EventStoreDbClient.isPassing,
    };
  }

  private isOwn(record: StoredRecord): boolean {
    return record.stream.startsWith(this.prefix) && isOurs(record);
  }

  /**
   * Stores the sealed parts before their events: an event must never be there without them. Not again for a repeated
   * append, whose sealed parts may have been erased since. Those of an append that then fails stay until their subject is
   * erased; deleting them could take them from a retry that succeeds.
   */
  private async keepSealed(stream: string, version: number, events: readonly NewEvent[]): Promise<void> {
    if (events.every((event) => event.sealed.length === 0)) return;
    const [there] = await this.client.readStream(this.prefix + stream, version, 1);
    if (there?.id !== events[0]!.eventId) await insertSealed(this.pool, events);
  }

  private async toEvents(records: readonly StoredRecord[]): Promise<RecordedEvent[]> {
    const events = records.map((record) => toOpenable(record, record.stream.slice(this.prefix.length)));
    const sealed = events.filter((event) => event.digests.length > 0);
    await attachSealed(this.pool, new Map(sealed.map((event) => [event.recorded, event.digests])));
    return events.map((event) => event.recorded);
  }
}
