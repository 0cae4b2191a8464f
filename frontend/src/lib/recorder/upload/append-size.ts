/** So that a long outage is caught up in few requests. */
const MOST_BYTES = 1024 * 1024;
/** What even the slowest line brings before it counts as broken, and the narrowest gateway takes. */
const LEAST_BYTES = 16 * 1024;

/**
 * How much one append carries. It counts as a whole or not at all, so it has to get there well before the request is
 * given up: on a line slower than a backlog is long, appends of the full size would bring nothing, for ever.
 */
export class AppendSize {
  private most = MOST_BYTES;
  /** What something on the way lets through at once. */
  private ceiling = MOST_BYTES;

  /** @param patienceMs when a request is given up */
  constructor(private readonly patienceMs: number) {}

  get bytes(): number {
    return this.most;
  }

  /** Learns from an append, whether it got there or not. One that was refused at once says nothing of the line. */
  took(ms: number, bytes: number, arrived: boolean): void {
    if (ms > this.patienceMs / 3) this.most = Math.max(LEAST_BYTES, Math.floor(bytes / 2));
    else if (arrived && ms < this.patienceMs / 6) this.most = Math.min(this.ceiling, this.most * 2);
  }

  /** So much at once is let through by nobody on the way, however fast the line is. */
  refused(bytes: number): void {
    this.most = this.ceiling = Math.max(LEAST_BYTES, Math.floor(Math.min(bytes, this.ceiling) / 2));
  }
}
