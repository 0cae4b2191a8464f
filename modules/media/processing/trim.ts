import { reject } from './media-errors.js';
import type { MediaFile } from './media-file.js';
import type { Trim } from './media-tools.js';

/** Shorter than this is not a recording but a slip of the hand. */
const SHORTEST_MS = 100;

/**
 * The trim within the bounds of the file; null when it keeps everything.
 * @throws MediaRejected when nothing is left
 */
export function effectiveTrim(trim: Trim | null | undefined, { durationMs }: MediaFile): Trim | null {
  if (!trim) return null;
  const startMs = Math.max(0, trim.startMs);
  const endMs = Math.min(durationMs, trim.endMs);
  // Negated so that a bound that is not a number is refused too.
  if (!(endMs - startMs >= SHORTEST_MS))
    reject('TRIM_LEAVES_NOTHING', 'The part of the recording that was chosen to be kept is empty.');
  return startMs === 0 && endMs === durationMs ? null : { startMs, endMs };
}
