import { LONGEST_STILL_MS, STILL_LEFT_MS } from '../stillness.js';

/** More than a day of seconds in which something came: longer than any limit. */
const MOST_SECONDS = 100_000;
/** 34 years. Further away, milliseconds get lost. */
const FURTHEST_MS = 2 ** 40;

interface Second {
  first: number;
  last: number;
}

/** When a track brings anything: the first and the last moment of each second that has one, so that memory stays flat. */
export class Moments {
  readonly seconds = new Map<number, Second>();
  private at = Number.NaN;
  private current: Second = { first: 0, last: 0 };

  add(ms: number): void {
    const second = Math.floor(ms / 1000);
    if (second !== this.at) this.turnTo(second, ms);
    this.current.first = Math.min(this.current.first, ms);
    this.current.last = Math.max(this.current.last, ms);
  }

  /** Many, evenly spread, without counting them one by one. */
  addRun(fromMs: number, count: number, eachMs: number): void {
    const step = Math.max(eachMs, 500);
    const end = fromMs + eachMs * (count - 1);
    for (let ms = fromMs; ms < end && this.hasRoom; ms += step) this.add(ms);
    if (count > 0) this.add(end);
  }

  private get hasRoom(): boolean {
    return this.seconds.size < MOST_SECONDS;
  }

  private turnTo(second: number, ms: number): void {
    this.at = second;
    this.current = this.seconds.get(second) ?? { first: ms, last: ms };
    if (this.hasRoom) this.seconds.set(second, this.current);
  }
}

/**
 * How much time there is in which none of these tracks brings anything, and which will be closed up. No number when
 * there are more seconds than anybody may send, or they lie beyond reckoning.
 */
export function stillnessOf(tracks: readonly Moments[]): number {
  if (tracks.some(({ seconds }) => seconds.size >= MOST_SECONDS)) return Number.NaN;
  const seconds = tracks.flatMap((moments) => [...moments.seconds.values()]).toSorted((a, b) => a.first - b.first);
  let [still, last] = [0, seconds[0]?.first ?? 0];
  for (const second of seconds) {
    if (second.first - last > LONGEST_STILL_MS) still += second.first - last - STILL_LEFT_MS;
    last = Math.max(last, second.last);
  }
  return last > FURTHEST_MS ? Number.NaN : still;
}
