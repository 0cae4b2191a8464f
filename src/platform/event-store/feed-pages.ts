import type { LogFeed } from './log-feed.js';

/** A page as a feed gave it. */
export interface FeedPage<Record> {
  readonly records: readonly Record[];
  /** The last of its log that was seen; null when there was none. */
  readonly next: bigint | null;
  readonly atEnd: boolean;
}

/** Which records a reader gets. */
export interface Choice<Record> {
  /** Whether it is of the reader's log at all; positions of others are never handed out. */
  isOwn(record: Record): boolean;
  isWanted(record: Record): boolean;
}

/** Gathers what a feed says into pages. */
export class FeedPages<Record extends { readonly position: bigint }> {
  /** How far the server has looked: from here it may be asked anew. */
  scanned: bigint;
  private caughtUp = false;
  private told = false;

  constructor(
    private readonly feed: LogFeed<Record>,
    private position: bigint,
    private readonly choice: Choice<Record>,
  ) {
    this.scanned = position;
  }

  /** What is there by now, at most `limit` wanted records; null when that is nothing new. */
  take(limit: number): FeedPage<Record> | null {
    const records: Record[] = [];
    let next: bigint | null = null;
    for (let item = this.feed.read(); item; item = this.feed.read()) {
      if ('caughtUp' in item) this.caughtUp = true;
      else if ('scanned' in item) this.look(item.scanned);
      else if (item.record.position > this.position) {
        this.look(item.record.position);
        if (!this.choice.isOwn(item.record)) continue;
        next = this.position = item.record.position;
        if (this.choice.isWanted(item.record)) records.push(item.record);
        if (records.length === limit) break;
      }
    }
    const atEnd = this.caughtUp && this.feed.isEmpty;
    if (next === null && (!atEnd || this.told)) return null;
    this.told = atEnd;
    return { records, next, atEnd };
  }

  private look(position: bigint): void {
    if (position > this.scanned) this.scanned = position;
  }
}
