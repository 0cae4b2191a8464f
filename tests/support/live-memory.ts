import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in buffers that are really held, after a collection: what waits to be freed does not count. */
export function liveBufferBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect(); // Buffers are freed in the background; a second collection waits for that.
  return process.memoryUsage().arrayBuffers;
}
