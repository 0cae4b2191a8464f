import { quantile } from '../entry.js';
import type { Onset } from './signals.js';

/** Enough flashes that the least late ones among them are not late at all. */
const LEAST_WINDOW_S = 60;
/** A sound further away than this is another flash's. */
const TOO_FAR_S = 0.7;

/** How much later than its flash a sound is, in seconds. */
export interface Pair {
  readonly flashAt: number;
  readonly late: number;
  /** The same for a player that counts samples. */
  readonly lateCounted: number;
}

/** Milliseconds by which sound fell behind the picture (negative: got ahead of it). */
export interface Drift {
  readonly byTimestamps: number;
  /** For players that put sound after sound and ignore its timestamps, as Chromium's does. */
  readonly bySamples: number;
  /** From the middle of the first window to the middle of the last. */
  readonly overSeconds: number;
}

/** Pairs each flash with the sound nearest to it; a flash whose sound was lost has none. */
export function pairUp(flashes: readonly number[], sounds: readonly Onset[]): Pair[] {
  const pairs: Pair[] = [];
  let next = 0;
  for (const flashAt of flashes) {
    while (distance(sounds[next + 1], flashAt) < distance(sounds[next], flashAt)) next++;
    if (distance(sounds[next], flashAt) > TOO_FAR_S) continue;
    const { at, counted } = sounds[next]!;
    pairs.push({ flashAt, late: at - flashAt, lateCounted: counted - flashAt });
  }
  return pairs;
}

function distance(sound: Onset | undefined, wanted: number): number {
  return sound ? Math.abs(sound.at - wanted) : Infinity;
}

/** From the first minute to the last; from the first tenth to the last of a long recording, and by thirds of a short one. */
export function driftOf(pairs: readonly Pair[]): Drift {
  const [begin, end] = [pairs[0]!.flashAt, pairs.at(-1)!.flashAt];
  const window = Math.min(Math.max(LEAST_WINDOW_S, (end - begin) / 10), (end - begin) / 3);
  const first = pairs.filter(({ flashAt }) => flashAt <= begin + window);
  const last = pairs.filter(({ flashAt }) => flashAt >= end - window);
  const grown = (late: (pair: Pair) => number) => (typical(last.map(late)) - typical(first.map(late))) * 1000;
  return {
    byTimestamps: grown(({ late }) => late),
    bySamples: grown(({ lateCounted }) => lateCounted),
    overSeconds: end - begin - window,
  };
}

/** A busy machine paints a flash late and never early, so the least late flashes tell where its sound is. */
export function typical(late: readonly number[]): number {
  return quantile(late, 0.9);
}
