import type { KeyObject } from 'node:crypto';

export interface CacheLimits {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

/** Finds a key, and says whether it may be kept. */
export type Load = () => Promise<{ readonly key: KeyObject | null; readonly keep: boolean }>;

/**
 * Unwrapped keys, for a while. Least recently used ones go first; age counts from loading, not from use.
 * A key whose subject was evicted while it was being loaded is handed to whoever waits, but not kept.
 */
export class KeyCache {
  private readonly kept = new Map<string, { key: KeyObject; expires: number }>();
  private readonly loading = new Map<string, Promise<KeyObject | null>>();

  constructor(
    private readonly limits: CacheLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The kept key, or the one that `load` finds; concurrent callers share one load. A shared load that found nothing
   * proves nothing: the key may have been made after it began, so it is asked for again.
   */
  async get(subject: string, load: Load): Promise<KeyObject | null> {
    const kept = this.recall(subject);
    if (kept) return kept;
    const shared = this.loading.get(subject);
    return (shared && (await shared)) ?? this.begin(subject, load);
  }

  evict(subject: string): void {
    this.kept.delete(subject);
    this.loading.delete(subject);
  }

  clear(): void {
    this.kept.clear();
    this.loading.clear();
  }

  private recall(subject: string): KeyObject | undefined {
    const entry = this.kept.get(subject);
    this.kept.delete(subject);
    if (!entry || entry.expires <= this.now()) return undefined;
    this.kept.set(subject, entry);
    return entry.key;
  }

  private begin(subject: string, load: Load): Promise<KeyObject | null> {
    const expires = this.now() + this.limits.maxAgeMs;
    const run = async () => {
      try {
        const { key, keep } = await load();
        if (key && keep && this.loading.get(subject) === promise) this.keep(subject, key, expires);
        return key;
      } finally {
        if (this.loading.get(subject) === promise) this.loading.delete(subject);
      }
    };
    const promise = run();
    this.loading.set(subject, promise);
    return promise;
  }

  private keep(subject: string, key: KeyObject, expires: number): void {
    this.kept.set(subject, { key, expires });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.limits.maxEntries) break;
      this.kept.delete(oldest);
    }
  }
}
