import type { StoredMetadata } from '#kernel/event.js';

/** The version a stream must have for an append to be accepted: its last event's number, or that it does not exist. There is no "any". */
export type ExpectedVersion = number | 'no_stream';

/** Personal data of one event, sealed with its subject's key. The only part of an event that can be erased. */
export interface SealedPart {
  readonly subject: string;
  /** `0x01 ‖ key version u32be ‖ iv12 ‖ ciphertext ‖ tag16`. */
  readonly blob: Buffer;
}

export interface NewEvent {
  /** A UUID chosen by the caller. Appending the same ids at the same expected version again is a retry, and succeeds. */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly at: Date;
  /** JSON without personal data. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: StoredMetadata;
  readonly sealed: readonly SealedPart[];
}

/** What is left of a sealed part. The digest is the log's own and stays; the blob goes when its subject is erased. */
export interface RecordedPart {
  readonly subject: string;
  /** SHA-256 of the sealed blob, in hex. */
  readonly digest: string;
  readonly blob: Buffer | null;
}

/**
 * An event as it was stored, word for word: older data and metadata are lifted behind this port, never in it, since the
 * leaves of the scopes' logs quote them.
 */
export interface RecordedEvent extends Omit<NewEvent, 'sealed'> {
  /** All that were ever sealed into it, in order. */
  readonly sealed: readonly RecordedPart[];
  readonly stream: string;
  /** 0-based number within the stream. */
  readonly version: number;
  /** Order over the whole log (gapless in PostgreSQL); -1n when read by stream before it was sequenced. */
  readonly position: bigint;
}

export interface Appended {
  readonly version: number;
}

/** Which events a reader wants; everything when absent. */
export interface EventFilter {
  readonly types: readonly string[];
}

/** One step through the log. `next` is the last position *scanned*, which a filter may leave ahead of the last match. */
export interface LogPage {
  readonly events: readonly RecordedEvent[];
  readonly next: bigint;
  /** Whether the end of the log was reached. */
  readonly atEnd: boolean;
}

export interface SubscriptionHandlers {
  /** Called in order, one page at a time, never concurrently. A rejection stops the subscription and reaches `onStopped`. */
  readonly onPage: (page: LogPage) => Promise<void>;
  /** Called once when the subscription ended: with an error (a broken handler) or without (closed). Connection loss is retried inside. */
  readonly onStopped?: (error?: unknown) => void;
}

export interface Subscription {
  /** Resolves when the page in hand, if any, is done. */
  close(): Promise<void>;
}

/** Another writer came first; carries the real version (-1: the stream does not exist). */
export class WrongExpectedVersion extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedVersion,
    readonly actual: number,
  ) {
    super(`Stream ${stream} is at version ${actual}, expected ${expected}`);
    this.name = 'WrongExpectedVersion';
  }
}

/** The log could not be asked for longer than an adapter waits by itself. Whether an append was taken is not known. */
export class EventStoreAway extends Error {
  constructor(override readonly cause: Error) {
    super(`The event store is away: ${cause.message}`);
    this.name = 'EventStoreAway';
  }
}

/** The log that is the truth. Adapters: PostgreSQL (default) and EventStoreDB/KurrentDB. */
export abstract class EventStore {
  /** Appends all or nothing. @throws WrongExpectedVersion, or AppendTooLarge */
  abstract append(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): Promise<Appended>;
  /** The stream's events from `from` (default 0) on, in order; none when it does not exist. */
  abstract readStream(stream: string, from?: number): Promise<RecordedEvent[]>;
  /** Events after `after` (-1n: from the start) in log order. */
  abstract readLog(after: bigint, options?: { limit?: number; filter?: EventFilter }): Promise<LogPage>;
  /** Catches up from `after`, then follows live; survives broken connections by resuming from the last handled page. */
  abstract subscribe(
    after: bigint,
    handlers: SubscriptionHandlers,
    options?: { filter?: EventFilter; pageSize?: number },
  ): Subscription;
  /** The log position of an appended event, or null while it is not sequenced yet. */
  abstract positionOf(stream: string, version: number): Promise<bigint | null>;
  /** The events at positions that were handed out, in that order. */
  abstract readAt(positions: readonly bigint[]): Promise<RecordedEvent[]>;
  /** The position of the last event in the log; -1n when empty. */
  abstract head(): Promise<bigint>;
  /** How many sealed parts there are of a subject. */
  abstract countSealed(subject: string): Promise<number>;
  /** Deletes the sealed parts of a subject. Returns how many there were. Their digests stay in the log. */
  abstract eraseSealed(subject: string): Promise<number>;
  abstract close(): Promise<void>;
}
