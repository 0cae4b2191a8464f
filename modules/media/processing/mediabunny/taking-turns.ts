import { setImmediate } from 'node:timers/promises';

/** Long enough to get on, short enough for nobody to notice. */
const TURN_MS = 10;

/** What is gathered before it is written. Making room for the 16 MB that mediabunny takes by itself is a long turn. */
export const CHUNK_BYTES = 1 << 20;

/**
 * What is called between two pieces of a long work. Packets that lie in memory already come without a pause, and an hour of
 * them would keep everything else in this process waiting.
 */
export function takingTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return setImmediate().then(() => void (since = performance.now()));
  };
}
