/** A reader of the log in this process. */
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
  /** How long this process stood still itself, or slept: nobody could get on meanwhile. */
  private lost = 0;

  /** @param found told once, of the first one */
  constructor(
    readers: () => readonly Reader[],
    found: (name: string) => void,
    { afterMs, lookEveryMs } = { afterMs: AFTER_MS, lookEveryMs: LOOK_EVERY_MS },
  ) {
    const look = () => {
      const now = performance.now();
      this.lost += Math.max(0, now - this.lookedAt - 2 * lookEveryMs);
      this.lookedAt = now;
      const standing = readers().find(({ movedAt }) => now - movedAt - this.lost > afterMs);
      if (!standing) return;
      this.stop();
      found(standing.name);
    };
    this.timer = setInterval(look, lookEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
