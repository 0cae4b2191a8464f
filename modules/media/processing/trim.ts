import { MediaFailed } from './media-errors.js';
import type { MediaFile } from './media-file.js';
import type { Trim } from './media-tools.js';

/** Enough for the picture of a moment. */
const SHORTEST_MS = 1;

/**
 * The trim within the bounds of the file, never wider than it was asked for; null when it keeps everything. A busy computer
 * begins to record late, so a file may be shorter than the clock by which it was cut: of a part that lies behind its end,
 * the last picture is kept, as that is what was on the screen.
 * @throws MediaFailed when it is the wrong way round
 */
export function effectiveTrim(trim: Trim | null | undefined, { durationMs }: MediaFile): Trim | null {
  if (!trim) return null;
  const startMs = Math.max(0, Math.min(trim.startMs, durationMs - SHORTEST_MS));
  const endMs = Math.min(durationMs, Math.max(trim.endMs, startMs + SHORTEST_MS));
  // Negated so that a bound that is not a number is refused too.
  if (!(trim.endMs >= trim.startMs)) throw new MediaFailed('trimmed file', 'its end is before its beginning');
  return startMs === 0 && endMs === durationMs ? null : { startMs, endMs };
}
