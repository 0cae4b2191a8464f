import { hash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { Refusal, type RefusalKind, refuse } from '#kernel/refusal.js';
import { ifInVain } from '#platform/telemetry/conversation.js';
import { inWords } from './in-words.js';
import { RETRY_AFTER_SECONDS } from './problem.js';
import { PendingAttempts } from './pending-attempts.js';

/** One named limit: so many points per key in a window of so many seconds, which begins with the first. */
export interface RateLimit {
  readonly name: string;
  readonly points: number;
  readonly perSeconds: number;
}

/** A limit, and the key that an attempt counts against. */
export type Counted = readonly [limit: RateLimit, key: string];

/** Makes the counter of one limit on the chosen store. */
export type LimiterFactory = (options: IRateLimiterOptions) => RateLimiterAbstract;

/** How long an attempt waits for those before it. */
const PATIENCE_MS = 10_000;

export const LIMITER_FACTORY = Symbol('LIMITER_FACTORY');

/** Counts in this process's memory: right for one web server. */
export const memoryLimiters: LimiterFactory = (options) => new RateLimiterMemory(options);

/** Refusals after which nobody knows whether an attempt was right. */
const UNJUDGED: ReadonlySet<RefusalKind> = new Set(['unavailable', 'rate_limited']);

/** Counts what may not happen too often. Keys are hashed, so no store ever holds an address or an e-mail. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly pending: PendingAttempts;

  constructor(
    @Inject(LIMITER_FACTORY) private readonly make: LimiterFactory,
    @Optional() patienceMs: number = PATIENCE_MS,
  ) {
    this.pending = new PendingAttempts(patienceMs);
  }

  /** @throws Refusal `RATE_LIMITED` with `retryAfterSeconds` when the key has used up its points */
  async take(limit: RateLimit, key: string, points = 1): Promise<void> {
    try {
      await this.limiter(limit).consume(hashed(key), points);
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      limited(Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)));
    }
  }

  /** As {@link take}, and gives back where the call is then answered by 503: our own outage is nobody's haste. */
  async pace(limit: RateLimit, key: string): Promise<void> {
    await this.take(limit, key);
    ifInVain(() => this.giveBack(limit, key));
  }

  /**
   * Counts an attempt before it is made, so that many at once cannot slip by, and takes that back unless it was refused:
   * what was right, or could not be judged for a failure of ours, is held against nobody. Where nothing is left but what
   * others hold who are being judged, it waits for them, or for the end of the window.
   * @param attempt throws a Refusal when it was wrong; one that says to come later judges nothing
   * @throws Refusal `RATE_LIMITED`, and what the attempt throws
   */
  async counting<T>(counted: readonly Counted[], attempt: () => Promise<T>): Promise<T> {
    const taken: Counted[] = [];
    let [wrong, takenAt] = [false, 0];
    try {
      for (const each of counted) {
        taken.push(await this.admitted(each));
        takenAt = performance.now();
      }
      return await attempt();
    } catch (error) {
      wrong = taken.length === counted.length && error instanceof Refusal && !UNJUDGED.has(error.kind);
      throw error;
    } finally {
      // What came back by itself, with the end of its window, would be one too many in the next.
      const held = taken.filter(([limit]) => performance.now() - takenAt < limit.perSeconds * 1000);
      // What counts may be away as well; the attempt's own failure is what there is to tell.
      if (!wrong) await Promise.allSettled(held.map((each) => this.giveBack(...each)));
      for (const each of taken) this.pending.end(idOf(each), !wrong);
    }
  }

  /** @throws Refusal `RATE_LIMITED`, for which nothing is counted: nobody looked whether it was right */
  private async admitted(counted: Counted): Promise<Counted> {
    const id = idOf(counted);
    for (;;) {
      const mark = this.pending.mark(id);
      try {
        await this.take(...counted);
        this.pending.begin(id);
        return counted;
      } catch (refused) {
        if (refused instanceof Refusal) await this.giveBack(...counted);
        const windowMs = counted[0].perSeconds * 1000;
        const again = refused instanceof Refusal ? await this.pending.after(id, mark, windowMs) : 'never';
        if (again === 'later') limited(RETRY_AFTER_SECONDS); // the points are others' only until those are judged
        if (again !== 'now') throw refused;
      }
    }
  }

  /** Returns a point that turned out not to count against the key. */
  async giveBack(limit: RateLimit, key: string): Promise<void> {
    await this.limiter(limit).reward(hashed(key), 1);
  }

  /** Forgets what a key has used, for instance because it proved to be right. */
  async forget(limit: RateLimit, key: string): Promise<void> {
    await this.limiter(limit).delete(hashed(key));
  }

  private limiter(limit: RateLimit): RateLimiterAbstract {
    const known = this.limiters.get(limit.name);
    if (known) return known;
    const made = this.make({ keyPrefix: limit.name, points: limit.points, duration: limit.perSeconds });
    this.limiters.set(limit.name, made);
    return made;
  }
}

function limited(retryAfterSeconds: number): never {
  refuse('RATE_LIMITED', `Too many requests. Try again in ${inWords(retryAfterSeconds)}.`, 'rate_limited', {
    retryAfterSeconds,
  });
}

function hashed(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 22);
}

const idOf = ([{ name }, key]: Counted) => `${name} ${key}`;
