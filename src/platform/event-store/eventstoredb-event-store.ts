import {
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  isCommandError,
  jsonEvent,
  NO_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamRecordedEvent,
  type Position,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Pool } from 'pg';
import type { EventMetadata } from '#kernel/event.js';
import { assertAppendable } from './append-rules.js';
import { canonicalJson } from './canonical-json.js';
import { isConnectionLoss } from './connection-loss.js';
import {
  EventStore,
  WrongExpectedVersion,
  type Appended,
  type EventFilter,
  type ExpectedVersion,
  type LogPage,
  type NewEvent,
  type RecordedEvent,
  type RecordedPart,
  type Subscription,
  type SubscriptionHandlers,
} from './event-store.js';
import { LiveFeed } from './live-feed.js';
import { LogSubscription } from './log-subscription.js';
import { attachSealed, digestsOf, eraseSealed, insertSealed, type SealedDigest } from './sealed-parts.js';
import { Signal } from './signal.js';

const PAGE_SIZE = 500;
/** A filtered page may look at this many times as many events as it may return. */
const FILTERED_SCAN = 20;

const PASSING = [
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
  ErrorType.UNKNOWN,
];

/** What is written as metadata: ours, and what EventStoreDB has no place for. */
interface StoredMetadata {
  readonly meta: EventMetadata;
  readonly schemaVersion: number;
  readonly at: string;
  readonly pii: readonly SealedDigest[];
}

/**
 * The event store on EventStoreDB/KurrentDB; the only file that knows its client. Positions are commit positions in $all:
 * ascending, with gaps. Sealed parts stay in PostgreSQL (`es.event_pii`), because an event that was deleted there
 * remains in $all until every node has been scavenged.
 */
export class EventStoreDbEventStore extends EventStore {
  private readonly news = new Signal();
  private readonly subscriptions = new Set<Subscription>();
  private feed: LiveFeed | undefined;

  private constructor(
    private readonly client: EventStoreDBClient,
    private readonly pool: Pool,
  ) {
    super();
  }

  /** @param url `esdb://…?tls=true&tlsCAFile=…`. @throws when it turns the client's own failures off, since those answer a wrong version. */
  static connect(url: string, pool: Pool): EventStoreDbEventStore {
    if (/throwOnAppendFailure=false/i.test(url))
      throw new Error(
        'EVENTSTORE_URL must leave throwOnAppendFailure on: without it a refused append reports a wrong version',
      );
    return new EventStoreDbEventStore(withoutBatches(EventStoreDBClient.connectionString(url)), pool);
  }

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    assertAppendable(stream, expected, events);
    const messages = events.map(toMessage);
    await this.keepSealed(stream, expected === 'no_stream' ? 0 : expected + 1, events);
    const expectedRevision = expected === 'no_stream' ? NO_STREAM : BigInt(expected);
    try {
      await this.client.appendToStream(stream, messages, { expectedRevision });
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      const actual = typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : -1;
      throw new WrongExpectedVersion(stream, expected, actual);
    }
    this.news.raise();
    return { version: (expected === 'no_stream' ? -1 : expected) + events.length };
  }

  async readStream(stream: string, from = 0): Promise<RecordedEvent[]> {
    const found = await this.recordsOf(stream, from);
    return this.withSealed(found.map((record) => toRecordedEvent(record, -1n)));
  }

  async readLog(after: bigint, options: { limit?: number; filter?: EventFilter } = {}): Promise<LogPage> {
    const { limit = PAGE_SIZE, filter } = options;
    const found: Openable[] = [];
    let [next, atEnd] = [after, false];
    for (let chunk = 0; chunk < FILTERED_SCAN && found.length < limit && !atEnd; chunk++) {
      // Reading starts *at* a position, so what is at `next` comes again.
      const fromPosition = next < 0n ? START : { commit: next, prepare: next };
      const records = await drain(this.client.readAll({ fromPosition, maxCount: limit + 1 }));
      atEnd = records.length <= limit;
      for (const event of records.filter(({ position }) => position.commit > next)) {
        if (found.length === limit) return { events: await this.withSealed(found), next, atEnd: false };
        next = event.position.commit;
        if (isOurs(event) && (!filter || filter.types.includes(event.type))) found.push(toRecordedEvent(event, next));
      }
    }
    return { events: await this.withSealed(found), next, atEnd };
  }

  subscribe(
    after: bigint,
    handlers: SubscriptionHandlers,
    options: { filter?: EventFilter; pageSize?: number } = {},
  ): Subscription {
    this.feed ??= new LiveFeed(() => this.client.subscribeToAll({ fromPosition: END }), this.news);
    const { pageSize: limit, filter } = options;
    const source = { read: (from: bigint) => this.readLog(from, { limit, filter }), isPassing };
    const onStopped = (error?: unknown) => {
      this.subscriptions.delete(subscription);
      if (this.subscriptions.size === 0) this.stopFeed();
      handlers.onStopped?.(error);
    };
    const subscription = new LogSubscription(after, source, { ...handlers, onStopped }, this.news.listen());
    this.subscriptions.add(subscription);
    return subscription;
  }

  /** Reads by stream come without positions, so this looks through $all from its end: quick for what was just appended. */
  async positionOf(stream: string, version: number): Promise<bigint | null> {
    if ((await this.recordsOf(stream, version, 1)).length === 0) return null;
    for (let fromPosition: Position | typeof END = END; ;) {
      const read = this.client.readAll({ direction: BACKWARDS, fromPosition, maxCount: PAGE_SIZE });
      const records: AllStreamRecordedEvent[] = await drain(read);
      const found = records.find((event) => event.streamId === stream && event.revision === BigInt(version));
      if (found) return found.position.commit;
      if (records.length < PAGE_SIZE) return null;
      fromPosition = records.at(-1)!.position;
    }
  }

  async head(): Promise<bigint> {
    const [last] = await drain(this.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
    return last?.position.commit ?? -1n;
  }

  eraseSealed(subject: string): Promise<number> {
    return eraseSealed(this.pool, subject);
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.client.dispose();
  }

  /** The feed carries every event there is, so it flows only while somebody follows. */
  private stopFeed(): void {
    void this.feed?.close();
    this.feed = undefined;
  }

  /**
   * Stores the sealed parts before their events: an event must never be there without them. Not again for a repeated
   * append, whose sealed parts may have been erased since. Those of an append that then fails stay until their subject is
   * erased; deleting them could take them from a retry that succeeds.
   */
  private async keepSealed(stream: string, version: number, events: readonly NewEvent[]): Promise<void> {
    if (events.every((event) => event.sealed.length === 0)) return;
    const [there] = await this.recordsOf(stream, version, 1);
    if (there?.id !== events[0]!.eventId) await insertSealed(this.pool, events);
  }

  private async recordsOf(stream: string, from: number, maxCount?: number): Promise<KurrentEvent[]> {
    try {
      return await drain(this.client.readStream(stream, { fromRevision: BigInt(from), maxCount }));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  private async withSealed(events: readonly Openable[]): Promise<RecordedEvent[]> {
    const withSealed = events.filter((event) => event.digests.length > 0);
    await attachSealed(this.pool, new Map(withSealed.map((event) => [event.recorded, event.digests])));
    return events.map((event) => event.recorded);
  }
}

type KurrentEvent = NonNullable<ResolvedEvent['event']>;

interface Openable {
  readonly recorded: Omit<RecordedEvent, 'sealed'> & { sealed: readonly RecordedPart[] };
  readonly digests: readonly SealedDigest[];
}

function toMessage({ eventId, type, schemaVersion, at, data, meta, sealed }: NewEvent) {
  const metadata = { meta, schemaVersion, at: at.toISOString(), pii: digestsOf(sealed) } satisfies StoredMetadata;
  const canonical = (value: unknown) => JSON.parse(canonicalJson(value)) as Record<string, unknown>;
  return jsonEvent({ id: eventId, type, data: canonical(data), metadata: canonical(metadata) });
}

function toRecordedEvent(record: KurrentEvent, position: bigint): Openable {
  const { meta, schemaVersion, at, pii } = record.metadata as unknown as StoredMetadata;
  const recorded = {
    position,
    stream: record.streamId,
    version: Number(record.revision),
    eventId: record.id,
    type: record.type,
    schemaVersion,
    at: new Date(at),
    data: record.data as Record<string, unknown>,
    meta,
    sealed: [],
  };
  return { recorded, digests: pii };
}

/** Reads are always read to their end: one that was left half-way would keep the client from closing. */
async function drain<E>(read: AsyncIterable<{ event?: E }>): Promise<E[]> {
  const events: E[] = [];
  for await (const { event } of read) if (event) events.push(event);
  return events;
}

/** $all also holds the server's own events, and may hold those of other applications. */
function isOurs(event: KurrentEvent): boolean {
  return (
    !event.type.startsWith('$') &&
    event.isJson &&
    Array.isArray((event.metadata as Partial<StoredMetadata> | undefined)?.pii)
  );
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && isCommandError(error) ? PASSING.includes(error.type) : isConnectionLoss(error);
}

/**
 * Makes a client append by calls of their own, each with its deadline. Its batches share one table of open appends among
 * all clients of the process, which a single broken connection empties: the answers that follow crash the process.
 */
function withoutBatches(client: EventStoreDBClient): EventStoreDBClient {
  (client as unknown as { supports: () => Promise<boolean> }).supports = () => Promise.resolve(false);
  return client;
}
