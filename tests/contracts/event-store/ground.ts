import type { EventStore } from '#platform/event-store/event-store.js';

/** What an adapter's spec gives to the contract: a real server, and ways to reach and to hurt it. */
export interface Ground {
  /** One more store over the same log, as another process would have it. The ground closes it. */
  open(): EventStore;
  /** Cuts every connection to the server, as a failing network does. New ones may be made at once. */
  breakConnections(): Promise<void>;
  /** Fills the log with that many events of one type, by the shortest way there is. Answers their ids in order. */
  fill(type: string, count: number): Promise<string[]>;
  dispose(): Promise<void>;
}
