/** What failed because the server was away is asked again by itself, when the server asked for that. */
import { ApiProblem, isAway } from '../api/problem.js';
import { everyClock, type Clock } from './live.js';

const usualSeconds = 5;
/** A timer that is set for longer than it can count goes off at once, and again, and again. */
const longestSeconds = 600;

/**
 * How long to wait before asking again: never less than the server asked for, and up to half as long again, so that
 * not every page comes back in the same moment.
 * @param random from 0 to 1
 * @returns milliseconds; null of a failure that does not pass by itself
 */
export function waitBeforeAsking(failure: unknown, random = Math.random()): number | null {
  if (!isAway(failure)) return null;
  const asked = failure instanceof ApiProblem ? failure.retryAfter : null;
  return Math.min(asked ?? usualSeconds, longestSeconds) * 1000 * (1 + random / 2);
}

/** Calls once the wait is over, unless the failure does not pass by itself. @returns how to call it off */
export function whenBack(failure: unknown, ask: () => void, clock: Clock = everyClock): () => void {
  const wait = waitBeforeAsking(failure, clock.random());
  const timer = wait === null ? null : clock.set(ask, wait);
  return () => clock.clear(timer);
}

/** Questions that got no answer. Each is kept once, by its name, and they are asked one after the other. */
export class Unanswered {
  #questions = new Map<string, () => Promise<void>>();
  #timer: unknown = null;

  constructor(private readonly clock: Clock = everyClock) {}

  /** Kept until it was asked again, unless the failure does not pass by itself. */
  keep(failure: unknown, name: string, ask: () => Promise<void>): void {
    const wait = waitBeforeAsking(failure, this.clock.random());
    if (wait === null) return;
    this.#questions.set(name, ask);
    this.#timer ??= this.clock.set(() => void this.#askAll(), wait);
  }

  forget(): void {
    this.#questions.clear();
    this.clock.clear(this.#timer);
    this.#timer = null;
  }

  async #askAll(): Promise<void> {
    this.#timer = null;
    const asked = [...this.#questions];
    for (const [name, ask] of asked) {
      // Forgotten, or asked anew, while another one was waited for.
      if (this.#questions.get(name) !== ask) continue;
      this.#questions.delete(name);
      await ask();
    }
  }
}
