type Ranges = { length: number; start(index: number): number; end(index: number): number };

/** A hair's breadth: what starts this much later still counts as being here. */
const slack = 0.1;

/** How far one can play on from a moment without waiting for more. */
export function bufferedFrom(ranges: Ranges, seconds: number): number {
  for (let index = 0; index < ranges.length; index++)
    if (ranges.start(index) <= seconds + slack && seconds <= ranges.end(index)) return ranges.end(index);
  return seconds;
}
