import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface CacheLimits {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

/** Finds a key, and says whether it may be kept. */
export type Load = () => Promise<{ readonly key: KeyObject | null; readonly keep: boolean }>;

/** As {@link Load}, of many: those that are not among the keys were not found. */
export type LoadMany = (
  subjects: readonly string[],
) => Promise<{ readonly keys: ReadonlyMap<string, KeyObject>; readonly keep: boolean }>;

/**
 * Unwrapped keys, for a while. Least recently used ones go first; age counts from loading, not from use.
 * A key whose subject was evicted while it was being loaded is handed to whoever waits, but not kept.
 */
export class KeyCache {
  private readonly kept: LRUCache<string, KeyObject>;
  private readonly loading = new Map<string, Promise<KeyObject | null>>();

  constructor(
    private readonly limits: CacheLimits,
    private readonly now: () => number = () => performance.now(),
  ) {
    // Its clock is asked every time: one remembered for a while would let a key live that long beyond its age.
    const { maxAgeMs: ttl, maxEntries: max } = limits;
    this.kept = new LRUCache({ max, ttl, ttlResolution: 0, perf: { now } });
  }

  /**
   * The kept key, or the one that `load` finds; concurrent callers share one load. A shared load that found nothing
   * proves nothing: the key may have been made after it began, so it is asked for again.
   */
  async get(subject: string, load: Load): Promise<KeyObject | null> {
    const kept = this.kept.get(subject);
    if (kept) return kept;
    const shared = this.loading.get(subject);
    return (shared && (await shared)) ?? this.begin(subject, load);
  }

  /**
   * Loads what is neither kept nor being loaded, all at once, so that each is there when it is asked for. What could not
   * be loaded so is left to {@link get}. Never rejects.
   */
  async preload(subjects: readonly string[], load: LoadMany): Promise<void> {
    const missing = [...new Set(subjects)].filter((subject) => !this.kept.has(subject) && !this.loading.has(subject));
    if (!missing.length) return;
    const loaded = load(missing).catch(() => ({ keys: new Map<string, KeyObject>(), keep: false }));
    const one = async (subject: string) => {
      const { keys, keep } = await loaded;
      return { key: keys.get(subject) ?? null, keep };
    };
    await Promise.all(missing.map((subject) => this.begin(subject, () => one(subject))));
  }

  evict(subject: string): void {
    this.kept.delete(subject);
    this.loading.delete(subject);
  }

  clear(): void {
    this.kept.clear();
    this.loading.clear();
  }

  private begin(subject: string, load: Load): Promise<KeyObject | null> {
    const start = this.now();
    const run = async () => {
      try {
        const { key, keep } = await load();
        // To the library an age of 0 is none at all: here it means that nothing is kept.
        const keeps = keep && this.limits.maxAgeMs > 0 && this.loading.get(subject) === promise;
        if (key && keeps) this.kept.set(subject, key, { start });
        return key;
      } finally {
        if (this.loading.get(subject) === promise) this.loading.delete(subject);
      }
    };
    const promise = run();
    this.loading.set(subject, promise);
    return promise;
  }
}
