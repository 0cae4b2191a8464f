import type { Transaction } from 'kysely';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** A building generation catches up beside the serving one, whose rows are what queries read. */
export type Status = 'serving' | 'building';

/** The channel on which it is announced that a list was committed: `<name> <position>`, in the transaction that did. */
export const LISTS_MOVED = 'lists_moved';

/** The checkpoint rows, see `migrations/006_platform.sql`. */
export interface ConsumerTables {
  'platform.consumer': {
    name: string;
    generation: number;
    version: number;
    status: Status;
    position: number;
    owner: string | null;
    fence: number;
    lease_until: Date;
    parked_at: number | null;
    parked_why: string | null;
  };
}

export type ConsumerTransaction = Transaction<ConsumerTables>;

/** Something that reads the log once, in order, on one worker at a time: a projection's generation or a processor. */
export interface Consumer {
  readonly name: string;
  readonly generation: number;
  readonly handles: readonly string[];
  /** Whether it is announced how far it has come. */
  readonly announced?: boolean;
  /** How often to look whether its lease is free; default half a second. */
  readonly lookEveryMs?: number;
  /** How many events it takes at the most at once. */
  readonly pageSize: number;
  /**
   * Applies events, in order, inside the transaction that also moves the checkpoint. When that throws, fewer are tried
   * at once, until the one to blame is found: the consumer parks there.
   */
  handle(events: readonly RecordedEvent[], transaction: ConsumerTransaction, status: Status): Promise<void>;
  /**
   * What cannot be part of that transaction, done before it: it may be repeated.
   * @param progressed called after each step: who does not get on loses the lease
   */
  beforehand?(events: readonly RecordedEvent[], progressed: () => void): Promise<void>;
  /** Called in the same transaction when a page has reached the end of the log. */
  caughtUp?(transaction: ConsumerTransaction, status: Status): Promise<void>;
}
