import pg, { type Pool, type QueryConfig } from 'pg';
import { assertAppendable } from './append-rules.js';
import { appendStatement } from './append-statement.js';
import { CommitSequencer, type SequencerOptions } from './commit-sequencer.js';
import { isConnectionLoss } from './connection-loss.js';
import { EVENT_COLUMNS, LOG_OF_EVENT, POSITION, toRecordedEvent, type EventRow } from './event-rows.js';
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
import { countSealed, eraseSealed } from './sealed-parts.js';
import { Signal } from './signal.js';

const SEQUENCING: SequencerOptions = {
  pollMs: 20,
  gatherMs: 10,
  onTrouble: (error) => process.emitWarning(`New events cannot be put in order: ${String(error)}`),
};

const PAGE_SIZE = 500;
/** A filtered page may look at this many times as many events as it may return. */
const FILTERED_SCAN = 20;

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
    options: Partial<SequencerOptions> = {},
  ) {
    super();
    this.sequencer = new CommitSequencer(pool, () => this.news.raise(), { ...SEQUENCING, ...options });
  }

  async append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended> {
    assertAppendable(stream, expected, events);
    const before = versionOf(expected);
    if (await this.insert(appendStatement(stream, before, events))) this.sequencer.wake();
    else await this.assertRepeated(stream, expected, events);
    return { version: before + events.length };
  }

  async readStream(stream: string, from = 0): Promise<RecordedEvent[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: 'es.read_stream',
      text: `SELECT coalesce(${POSITION}, -1), ${EVENT_COLUMNS}
        FROM es.event e ${LOG_OF_EVENT} WHERE e.stream = $1 AND e.version >= $2 ORDER BY e.version`,
      values: [stream, from],
      rowMode: 'array',
    });
    return rows.map(toRecordedEvent);
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
    const events = found.map(toRecordedEvent);
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
    const { rows } = await this.pool.query<{ position: string | null }>({
      name: 'es.position_of',
      text: `SELECT ${POSITION} AS position FROM es.event e ${LOG_OF_EVENT} WHERE e.stream = $1 AND e.version = $2`,
      values: [stream, version],
    });
    const position = rows[0]?.position ?? null;
    return position === null ? null : BigInt(position);
  }

  async readAt(positions: readonly bigint[]): Promise<RecordedEvent[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: 'es.read_at',
      text: READ_AT,
      values: [positions.map(String)],
      rowMode: 'array',
    });
    return rows.map(toRecordedEvent);
  }

  async head(): Promise<bigint> {
    const { rows } = await this.pool.query<{ head: string }>('SELECT next_position - 1 AS head FROM es.log_head');
    return BigInt(rows[0]!.head);
  }

  countSealed(subject: string): Promise<number> {
    return countSealed(this.pool, subject);
  }

  eraseSealed(subject: string): Promise<number> {
    return eraseSealed(this.pool, subject);
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await Promise.all([this.listener?.close(), this.sequencer.close()]);
  }

  /** Whether the stream was at the expected version. */
  private async insert(statement: QueryConfig): Promise<boolean> {
    try {
      return (await this.pool.query(statement)).rowCount !== 0;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.constraint === 'event_version') return false;
      throw error;
    }
  }

  /** An append that found another version is fine if it repeats one that succeeded: the same ids in the same place. */
  private async assertRepeated(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<void> {
    const before = versionOf(expected);
    const { rows } = await this.pool.query<{ version: string | null; repeated: boolean | null }>({
      name: 'es.repeated',
      text: `SELECT (SELECT max(version) FROM es.event WHERE stream = $1) AS version,
          $3::uuid[] = (SELECT array_agg(event_id ORDER BY version) FROM es.event
            WHERE stream = $1 AND version > $2 AND version <= $2 + cardinality($3::uuid[])) AS repeated`,
      values: [stream, before, events.map((event) => event.eventId)],
    });
    if (rows[0]!.repeated) return;
    throw new WrongExpectedVersion(stream, expected, Number(rows[0]!.version ?? -1));
  }
}

/** The version that a stream has before the append; -1 when it does not exist. */
function versionOf(expected: ExpectedVersion): number {
  return expected === 'no_stream' ? -1 : expected;
}

// The runs of the log that touch the range, then the part of each that lies within. OFFSET 0 keeps the planner at index
// look-ups: it cannot know how narrow the range is, and on a long log would rather read all of it. The head comes from
// the same snapshot as the events.
const logQuery = (filter: string, limit: string) => `
  SELECT h.next_position - 1, r.* FROM es.log_head h LEFT JOIN (
    SELECT ${POSITION} AS position, ${EVENT_COLUMNS}
      FROM (SELECT * FROM es.log WHERE position <= $2
               AND position >= (SELECT coalesce(max(position), 0) FROM es.log WHERE position <= $1::bigint + 1)
             ORDER BY position OFFSET 0) l
      CROSS JOIN LATERAL (SELECT * FROM es.event e
             WHERE e.seq >= l.seq + greatest(0, $1::bigint + 1 - l.position)
               AND e.seq < l.seq + least(l.length, $2::bigint + 1 - l.position) ${filter} ORDER BY e.seq OFFSET 0) e
      ${limit}
  ) r ON true ORDER BY r.position`;
const READ_LOG = logQuery('', '');
const READ_LOG_FILTERED = logQuery('AND e.type = ANY($3::text[])', `ORDER BY ${POSITION} LIMIT $4`);
const READ_AT = `SELECT ${POSITION}, ${EVENT_COLUMNS} FROM unnest($1::bigint[]) WITH ORDINALITY asked(position, nth)
  CROSS JOIN LATERAL (SELECT * FROM es.log WHERE position <= asked.position ORDER BY position DESC LIMIT 1) l
  JOIN es.event e ON e.seq = l.seq + asked.position - l.position AND asked.position < l.position + l.length
  ORDER BY asked.nth`;
