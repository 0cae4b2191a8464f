/** A reader of the log, or of a queue, in this process. */
export interface Reader {
  readonly name: string;
  /** When it last got on, or found out that it cannot just now; as `performance.now()` says. */
  readonly movedAt: number;
}

/** Far more than the time limits of all that a reader waits for. */
const AFTER_MS = 60_000;
const LOOK_EVERY_MS = 2_000;

/**
 * Looks whether a reader stands still: waits for something that never comes, though every wait has a time limit. Others
 * may have its lease by now, but if there are none, nothing moves until this process is started anew.
 */
export class Standstill {
  private readonly timer: NodeJS.Timeout;
  private lookedAt = performance.now();
  /** How long this process has been awake: while it stood still itself, or slept, nobody could get on. */
  private awakeMs = 0;
  /** Of each reader, its last step and the time awake at which it was seen. */
  private readonly steps = new Map<Reader, { readonly movedAt: number; readonly awakeMs: number }>();

  /** @param found told once, of the first one */
  constructor(
    private readonly readers: () => readonly Reader[],
    private readonly found: (name: string) => void,
    private readonly pace = { afterMs: AFTER_MS, lookEveryMs: LOOK_EVERY_MS },
  ) {
    this.timer = setInterval(() => this.look(), pace.lookEveryMs).unref();
  }

  /** @param now as `performance.now()` says */
  look(now = performance.now()): void {
    this.awakeMs += Math.min(now - this.lookedAt, 2 * this.pace.lookEveryMs);
    this.lookedAt = now;
    const standing = this.readers().find((reader) => this.stoodMs(reader) > this.pace.afterMs);
    if (!standing) return;
    this.stop();
    this.found(standing.name);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** For how long it has not moved, of the time that this process was awake. */
  private stoodMs(reader: Reader): number {
    const { movedAt } = reader;
    const seen = this.steps.get(reader);
    if (seen?.movedAt === movedAt) return this.awakeMs - seen.awakeMs;
    this.steps.set(reader, { movedAt, awakeMs: this.awakeMs });
    return 0;
  }
}
