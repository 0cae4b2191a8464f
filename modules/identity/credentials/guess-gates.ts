import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '#kernel/refusal.js';
import type { Counted, RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { FairTurns, type TurnAway } from './fair-turns.js';

/** One of this process waits for the pause to be over; the others wait for that one. */
const TURNS = { atOnce: 1, perPlace: 5, inAll: 50, patienceMs: 10_000 };
/** Other web servers may always be quicker to take what a pause left. */
const PATIENCE_MS = 20_000;
/** From so many on, those that nobody needs any more are forgotten. */
const MANY = 500;

/** Wrong guesses that cost no (longer) pause, and the pause after each further one. */
export interface Slowing {
  readonly free: RateLimit;
  /** One point: the pause is its window. */
  readonly pause: RateLimit;
  /** Where guessing goes on nevertheless. */
  readonly slower?: Slowing;
  /** See `TurnLimits`. */
  readonly manyPlaces?: boolean;
}

/** At what is guessed, by what those who wait take turns, and whether this one still does. */
export interface Guessing {
  readonly key: string;
  readonly place: string;
  readonly isGone: () => boolean;
}

/**
 * Makes guesses wait that follow too many wrong ones, instead of refusing them: no two without a pause between them,
 * unless the first was right before that was over. Those who wait take turns. A turn ends with the pause, not with the
 * judgement: a guess that then waits for its turn at another gate, or for a proof, holds up nobody at this one.
 */
export class GuessGates {
  private readonly gates = new Map<string, FairTurns>();

  constructor(
    private readonly limits: RateLimits,
    private readonly turnedAway: TurnAway,
    /** Every pause is so many times as long. */
    private readonly pauseTimes: number,
  ) {}

  /** @throws Refusal of `turnedAway`, and what the attempt throws */
  slowed<T>(slowing: Slowing, guessing: Guessing, attempt: () => Promise<T>): Promise<T> {
    const slowly = () => this.slowly(slowing, guessing, attempt);
    return orElse([[slowing.free, guessing.key]], attempt, this.limits, slowly);
  }

  private async slowly<T>(slowing: Slowing, { key, place, isGone }: Guessing, attempt: () => Promise<T>): Promise<T> {
    let judged!: Promise<T>;
    const inTurn = () =>
      new Promise<void>((end, fail) => {
        if (isGone()) throw this.turnedAway(1);
        judged = this.paused(slowing, key, () => (end(), attempt()));
        judged.catch(fail); // also where it never began
      });
    await this.gate(slowing, key).turn(place, inTurn, this.turnedAway);
    return judged;
  }

  private paused<T>({ pause, slower }: Slowing, key: string, attempt: () => Promise<T>): Promise<T> {
    const lasting = { ...pause, perSeconds: pause.perSeconds * this.pauseTimes };
    const afterPause = () => this.afterPause([lasting, key], attempt);
    if (!slower) return afterPause();
    return orElse([[slower.free, key]], afterPause, this.limits, () => this.paused(slower, key, attempt));
  }

  private afterPause<T>(pause: Counted, attempt: () => Promise<T>): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    const tried = (): Promise<T> =>
      orElse([pause], attempt, this.limits, async ({ details }) => {
        const seconds = Number(details.retryAfterSeconds);
        if (performance.now() > end) throw this.turnedAway(seconds);
        await wait(Math.min(seconds, pause[0].perSeconds) * 1000);
        return tried();
      });
    return tried();
  }

  private gate({ free, pause, manyPlaces }: Slowing, key: string): FairTurns {
    if (this.gates.size > MANY) for (const [each, gate] of this.gates) if (gate.isIdle) this.gates.delete(each);
    const name = `${free.name} ${key}`;
    const usuallyMs = pause.perSeconds * 1000 * this.pauseTimes;
    const gate = this.gates.get(name) ?? new FairTurns({ ...TURNS, usuallyMs, manyPlaces });
    this.gates.set(name, gate);
    return gate;
  }
}

/** Counts the attempt, or does something else where it may not be made now: then it was not made. */
export async function orElse<T>(
  counted: readonly Counted[],
  attempt: () => Promise<T>,
  limits: RateLimits,
  limited: (refused: Refusal) => Promise<T>,
): Promise<T> {
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return attempt();
  };
  try {
    return await limits.counting(counted, begin);
  } catch (error) {
    if (isBegun || !(error instanceof Refusal) || error.code !== 'RATE_LIMITED') throw error;
    return limited(error);
  }
}
