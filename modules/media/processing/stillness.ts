/**
 * When neither picture nor sound brings anything for longer, the computer slept or its clock was set: nothing happened
 * that anybody could watch. A window in which nothing moves for a minute is rare, and loses nothing but time.
 */
export const LONGEST_STILL_MS = 60_000;
/** What remains of such a stillness. */
export const STILL_LEFT_MS = 3_000;
/** Pictures are stored in another order than they are shown in, but never by so much: whatever lies further back, the clock was set. */
export const MOST_REORDERED_MS = 10_000;

/** A stillness that was closed up. Milliseconds of the file's own time, counted from its first packet. */
export interface Still {
  readonly fromMs: number;
  /** So much was taken out. */
  readonly closedMs: number;
}

/** When a moment of the file comes once its stillnesses are closed. One within a stillness comes at its end. */
export function closedMs(stills: readonly Still[], atMs: number): number {
  let taken = 0;
  for (const { fromMs, closedMs: length } of stills)
    taken += Math.min(length, Math.max(0, atMs - fromMs - STILL_LEFT_MS));
  return atMs - taken;
}
