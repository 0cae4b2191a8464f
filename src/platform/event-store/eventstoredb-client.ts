import { setTimeout as wait } from 'node:timers/promises';
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
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamSubscription,
  type Position,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { isConnectionLoss, retryDelay } from './connection-loss.js';
import { EventStoreAway } from './event-store.js';
import { LogFeed, type FeedItem } from './log-feed.js';

/**
 * How long one call may take, how long a command goes on asking while a cluster elects a leader, and how long once that
 * was in vain and nobody has been answered since, in milliseconds.
 */
const ATTEMPT_MS = 4_000;
const PATIENCE_MS = 8_000;
const PATIENCE_WHILE_AWAY_MS = 2_000;
/** After how long a line that says nothing to the client's own asking is given up: the default would be as long again. */
const KEEP_ALIVE_TIMEOUT_MS = 3_000;
/** Records that the server looks at before it says how far it has come. */
const SEARCH_WINDOW = 500;

/** What the server says of records that are read by their stream. */
const NO_POSITION = 2n ** 64n - 1n;

const PASSING = [
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
];
const MOST_UNKNOWN = 4;

/** An event as EventStoreDB keeps it. Read by stream it has no position (-1n). */
export interface StoredRecord {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly position: bigint;
}

export interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** Where an append found its stream, when that is elsewhere than expected (-1: there is none). */
export class StreamIsAt extends Error {
  constructor(readonly revision: number) {
    super(`The stream is at ${revision}`);
  }
}

/** The server said nothing for too long. */
class Silence extends Error {}

/**
 * The only file that knows EventStoreDB's client. Everything is asked of the leader: a follower may not know yet what was
 * written, for long around an election. Whoever is asked meanwhile names the leader, and the client goes there on the
 * next call; so calls are repeated until there is an answer or patience ends. An append may be: its ids make it the same.
 */
export class EventStoreDbClient {
  private isAway = false;

  private constructor(private readonly client: EventStoreDBClient) {}

  /** @param address `esdb://…?tls=true&tlsCAFile=…`. @throws when it turns the client's own failures off, since those answer a wrong version. */
  static connect(address: string): EventStoreDbClient {
    if (/throwOnAppendFailure=false/i.test(address))
      throw new Error(
        'EVENTSTORE_URL must leave throwOnAppendFailure on: without it a refused append reports a wrong version',
      );
    return new EventStoreDbClient(withoutBatches(EventStoreDBClient.connectionString(impatient(address))));
  }

  /** @param expected the stream's last revision, -1 when there must be none. Answers the new one. @throws StreamIsAt */
  async append(stream: string, expected: number, messages: readonly Message[]) {
    const events = messages.map((message) => jsonEvent(message));
    const expectedRevision = expected < 0 ? NO_STREAM : BigInt(expected);
    try {
      const options = { expectedRevision, requiresLeader: true, deadline: ATTEMPT_MS } as const;
      const answer = await this.asked(() => this.client.appendToStream(stream, events, options));
      return { revision: Number(answer.nextExpectedRevision), position: answer.position?.commit ?? null };
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      throw new StreamIsAt(typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : -1);
    }
  }

  /** In order; none when there is no such stream. */
  async readStream(stream: string, from: number, maxCount?: number): Promise<StoredRecord[]> {
    const options = { fromRevision: BigInt(from), maxCount, requiresLeader: true };
    try {
      return await this.asked(() => drain(this.client.readStream(stream, options)));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** The last records before a position that was handed out, or before the end; other applications' and the server's own too. */
  readBackwards(before: bigint | null, maxCount: number): Promise<StoredRecord[]> {
    const fromPosition = before === null ? END : { commit: before, prepare: before };
    const options = { direction: BACKWARDS, fromPosition, maxCount, requiresLeader: true } as const;
    return this.asked(() => drain(this.client.readAll(options)));
  }

  /** The record at a position that was handed out. */
  async readAt(position: bigint): Promise<StoredRecord | undefined> {
    const fromPosition = { commit: position, prepare: position };
    const [record] = await this.asked(() =>
      drain(this.client.readAll({ fromPosition, maxCount: 1, requiresLeader: true })),
    );
    return record;
  }

  /**
   * All that streams of these names hold after a position, then what comes: filtered by the server.
   * @param pageSize how much is fetched ahead of the reader
   */
  follow(after: bigint, names: { prefix: string } | { regex: string }, pageSize: number): LogFeed<StoredRecord> {
    // What is pushed from within stands in the feed's own order: behind the events that came before it.
    const checkpointReached = (from: AllStreamSubscription, { commit }: Position) =>
      void from.push({ scanned: commit });
    const looking = { checkpointReached, maxSearchWindow: SEARCH_WINDOW };
    const filter =
      'prefix' in names
        ? streamNameFilter({ prefixes: [names.prefix], ...looking })
        : streamNameFilter({ regex: names.regex, ...looking });
    const fromPosition = after < 0n ? START : { commit: after, prepare: after };
    const feed = this.client.subscribeToAll(
      { fromPosition, filter, requiresLeader: true },
      { highWaterMark: pageSize },
    );
    (feed as NodeJS.EventEmitter).on('caughtUp', () => feed.push({ caughtUp: true }));
    return new LogFeed(feed, itemOf);
  }

  /** Asks until there is an answer. @throws EventStoreAway when patience ends, in the middle of a call as well */
  async asked<T>(ask: () => Promise<T>): Promise<T> {
    const end = performance.now() + (this.isAway ? PATIENCE_WHILE_AWAY_MS : PATIENCE_MS);
    for (let failures = 0; ; failures++) {
      try {
        const answer = await before(end, ask());
        this.isAway = false;
        return answer;
      } catch (error) {
        const pause = retryDelay(failures);
        const isPassing = EventStoreDbClient.isPassing(error, failures);
        this.isAway = isPassing && (this.isAway || performance.now() + pause > end);
        if (!isPassing) throw error;
        if (performance.now() + pause > end) throw new EventStoreAway(error as Error);
        await wait(pause);
      }
    }
  }

  /** Whether asking again later can help. What the server can't name (a position it never gave, too slow a reader) may not pass. */
  static isPassing(error: unknown, failures = 0): boolean {
    if (!(error instanceof Error && isCommandError(error))) return isConnectionLoss(error);
    return PASSING.includes(error.type) || (error.type === ErrorType.UNKNOWN && failures < MOST_UNKNOWN);
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}

type Read = AsyncIterable<ResolvedEvent> & { cancel(): Promise<void>; destroy(error: Error): unknown };

/**
 * Reads are read to their end or cancelled: one that was left half-way would keep the client from closing. They have no
 * deadline of the client's, and a server that froze would be waited for until its line is given up.
 */
async function drain(read: Read): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  const silent = () => {
    void read.cancel().catch(() => undefined);
    read.destroy(new Silence('EventStoreDB does not answer'));
  };
  let timer = setTimeout(silent, ATTEMPT_MS);
  try {
    for await (const { event } of read) {
      timer = timer.refresh();
      if (event) records.push(toRecord(event));
    }
    return records;
  } finally {
    clearTimeout(timer);
  }
}

function itemOf(item: unknown): FeedItem<StoredRecord> | null {
  const { event, scanned, caughtUp } = item as ResolvedEvent & { scanned?: bigint; caughtUp?: true };
  if (event) return { record: toRecord(event) };
  if (scanned !== undefined) return { scanned };
  return caughtUp ? { caughtUp } : null;
}

type KurrentEvent = NonNullable<ResolvedEvent['event']>;

function toRecord(event: KurrentEvent): StoredRecord {
  const { streamId: stream, revision, id, type, data, metadata } = event;
  const position = (event as { position?: { commit: bigint } }).position?.commit ?? NO_POSITION;
  return {
    stream,
    revision: Number(revision),
    id,
    type,
    data,
    metadata,
    position: position === NO_POSITION ? -1n : position,
  };
}

/** Looking for a cluster's leader has no deadline of the client's. What comes too late is as good as unsaid. */
async function before<T>(end: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Silence('EventStoreDB does not answer')), end - performance.now());
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The operator's own settings win. */
function impatient(address: string): string {
  if (/keepAliveTimeout=/i.test(address)) return address;
  return `${address}${address.includes('?') ? '&' : '?'}keepAliveTimeout=${KEEP_ALIVE_TIMEOUT_MS}`;
}

/**
 * Makes a client append by calls of their own, each with its deadline. Its batches share one table of open appends among
 * all clients of the process, which a single broken connection empties: the answers that follow crash the process.
 */
function withoutBatches(client: EventStoreDBClient): EventStoreDBClient {
  (client as unknown as { supports: () => Promise<boolean> }).supports = () => Promise.resolve(false);
  return client;
}
