interface Pending {
  /** How many are being judged. */
  judging: number;
  /** How many were judged so far: whoever looked before one of them was may look again. */
  judged: number;
  readonly waiting: Set<() => void>;
}

/**
 * Attempts of this process that are not judged yet, by what they count against. They hold points that most of them get
 * back, so whoever finds none left waits for them rather than be refused.
 */
export class PendingAttempts {
  private readonly pending = new Map<string, Pending>();

  /** @param patienceMs how long an attempt waits for those before it */
  constructor(private readonly patienceMs: number) {}

  begin(key: string): void {
    const at = this.pending.get(key) ?? { judging: 0, judged: 0, waiting: new Set() };
    this.pending.set(key, at);
    at.judging++;
  }

  /** @param right whether it gave back its point, so that the next may have it */
  end(key: string, right: boolean): void {
    const at = this.pending.get(key)!;
    at.judging--;
    at.judged++;
    if (at.judging === 0) this.pending.delete(key);
    const woken = at.judging === 0 ? [...at.waiting] : [...at.waiting].slice(0, right ? 1 : 0);
    for (const wake of woken) wake();
  }

  /** A mark to compare with later. */
  mark(key: string): unknown {
    const at = this.pending.get(key);
    return at && { at, judged: at.judged };
  }

  /**
   * Waits until one may have made room since the mark.
   * @param windowMs after how long there is room again without any
   * @returns whether it is worth another look: `never` when nobody is being judged, `later` when for too long
   */
  async after(key: string, mark: unknown, windowMs: number): Promise<'now' | 'later' | 'never'> {
    const { at, judged } = (mark ?? {}) as { at?: Pending; judged?: number };
    if (at && at.judged !== judged) return 'now';
    const pending = this.pending.get(key);
    if (!pending) return 'never';
    if (pending !== at) return 'now'; // begun since
    return new Promise((resolve) => {
      const wake = (worth: 'now' | 'later') => {
        clearTimeout(timer);
        pending.waiting.delete(woken);
        resolve(worth);
      };
      const woken = () => wake('now');
      const isShort = windowMs < this.patienceMs;
      const timer = setTimeout(() => wake(isShort ? 'now' : 'later'), isShort ? windowMs : this.patienceMs).unref();
      pending.waiting.add(woken);
    });
  }
}
