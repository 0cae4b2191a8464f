import type { Pool } from 'pg';
import { CommitSequencer } from './commit-sequencer.js';
import { isConnectionLoss } from './connection-loss.js';
import { appendArguments, EVENT_COLUMNS, toRecordedEvents, type EventRow } from './event-rows.js';
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
import { LogListener } from './log-listener.js';
import { LogSubscription } from './log-subscription.js';
import { eraseSealed } from './sealed-parts.js';
import { Signal } from './signal.js';
import { assertAppendable } from './append-rules.js';

const PAGE_SIZE = 500;
/** A filtered page may look at this many times as many events as it may return. */
const FILTERED_SCAN = 20;

export interface PostgresEventStoreOptions {
  /** How often to look for events that other processes appended, in milliseconds. */
  readonly pollMs?: number;
  /** Pause after each sequencing, in which further appends come together, in milliseconds. */
  readonly gatherMs?: number;
}

/**
 * The event store on PostgreSQL (migrations/001_event_store.sql). Starts sequencing when made. The first subscription
 * takes one connection of the pool for LISTEN and keeps it. `close` leaves the pool open: its maker ends it.
 */
export class PostgresEventStore extends EventStore {
  private readonly news = new Signal();
  private readonly sequencer: CommitSequencer;
  private readonly subscriptions = new Set<Subscription>();
  private listener: LogListener | undefined;

  constructor(
    private readonly pool: Pool,
    { pollMs = 20, gatherMs = 5 }: PostgresEventStoreOptions = {},
  ) {
    super();
    this.sequencer = new CommitSequencer(pool, () => this.news.raise(), { pollMs, gatherMs });
  }

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    assertAppendable(stream, expected, events);
    const { rows } = await this.pool.query<{ appended: boolean; version: string }>({
      name: 'es.append',
      text: 'SELECT appended, version FROM es.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
      values: [stream, expected === 'no_stream' ? -1 : expected, ...appendArguments(events)],
    });
    const { appended, version } = rows[0]!;
    if (!appended) throw new WrongExpectedVersion(stream, expected, Number(version));
    this.sequencer.wake();
    return { version: Number(version) };
  }

  async readStream(stream: string, from = 0): Promise<RecordedEvent[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: 'es.read_stream',
      text: `SELECT ${EVENT_COLUMNS} FROM es.stream s JOIN es.event e USING (stream_no) LEFT JOIN es.log l USING (seq)
        WHERE s.stream_id = $1 AND e.version >= $2 ORDER BY e.version`,
      values: [stream, from],
      rowMode: 'array',
    });
    return toRecordedEvents(this.pool, rows);
  }

  async readLog(after: bigint, options: { limit?: number; filter?: EventFilter } = {}): Promise<LogPage> {
    const { limit = PAGE_SIZE, filter } = options;
    const end = after + BigInt(filter ? limit * FILTERED_SCAN : limit);
    const { rows } = await this.pool.query<[head: string, ...EventRow] | [head: string, position: null]>({
      name: filter ? 'es.read_log_filtered' : 'es.read_log',
      text: filter ? READ_LOG_FILTERED : READ_LOG,
      values: filter ? [after, end, filter.types, limit] : [after, end],
      rowMode: 'array',
    });
    const head = BigInt(rows[0]![0]);
    const found = rows.filter((row) => row[1] !== null).map((row) => row.slice(1) as unknown as EventRow);
    const events = await toRecordedEvents(this.pool, found);
    const full = filter !== undefined && events.length === limit;
    const scanned = full ? events.at(-1)!.position : end < head ? end : head;
    const next = scanned > after ? scanned : after;
    return { events, next, atEnd: next >= head };
  }

  subscribe(
    after: bigint,
    handlers: SubscriptionHandlers,
    options: { filter?: EventFilter; pageSize?: number } = {},
  ): Subscription {
    this.listener ??= new LogListener(this.pool, this.news);
    const { pageSize: limit, filter } = options;
    const source = { read: (from: bigint) => this.readLog(from, { limit, filter }), isPassing: isConnectionLoss };
    const onStopped = (error?: unknown) => {
      this.subscriptions.delete(subscription);
      handlers.onStopped?.(error);
    };
    const subscription = new LogSubscription(after, source, { ...handlers, onStopped }, this.news.listen());
    this.subscriptions.add(subscription);
    return subscription;
  }

  async positionOf(stream: string, version: number): Promise<bigint | null> {
    const { rows } = await this.pool.query<{ position: string }>({
      name: 'es.position_of',
      text: `SELECT l.position FROM es.stream s JOIN es.event e USING (stream_no) JOIN es.log l USING (seq)
        WHERE s.stream_id = $1 AND e.version = $2`,
      values: [stream, version],
    });
    return rows[0] ? BigInt(rows[0].position) : null;
  }

  async head(): Promise<bigint> {
    const { rows } = await this.pool.query<{ head: string }>('SELECT next_position - 1 AS head FROM es.log_head');
    return BigInt(rows[0]!.head);
  }

  eraseSealed(subject: string): Promise<number> {
    return eraseSealed(this.pool, subject);
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await Promise.all([this.listener?.close(), this.sequencer.close()]);
  }
}

// OFFSET 0 keeps the planner at one index look-up per position: it cannot know how narrow the range is, and on a long log
// would rather read all of it. The head comes from the same snapshot as the events.
const logQuery = (filter: string, limit: string) => `
  SELECT h.next_position - 1, r.* FROM es.log_head h LEFT JOIN (
    SELECT ${EVENT_COLUMNS}
      FROM (SELECT position, seq FROM es.log WHERE position > $1 AND position <= $2 ORDER BY position OFFSET 0) l
      CROSS JOIN LATERAL (SELECT * FROM es.event e WHERE e.seq = l.seq ${filter} OFFSET 0) e
      CROSS JOIN LATERAL (SELECT * FROM es.stream s WHERE s.stream_no = e.stream_no OFFSET 0) s
      ${limit}
  ) r ON true ORDER BY r.position`;
const READ_LOG = logQuery('', '');
const READ_LOG_FILTERED = logQuery('AND e.type = ANY($3::text[])', 'ORDER BY l.position LIMIT $4');
