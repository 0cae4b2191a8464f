const SMALL = 128 * 1024;
const LARGE = 1024 * 1024 + 4096;
/** Most buffers of each size that wait to be used again: 8 MiB and 16 MiB. */
const MOST_IDLE = new Map([
  [SMALL, 64],
  [LARGE, 16],
]);

const idle = new Map<number, Buffer[]>([
  [SMALL, []],
  [LARGE, []],
]);

/**
 * Room for `size` bytes, from those that were given back. What it holds is left over from others: write before you
 * read. Media pass through several buffers of their own size; made anew each time, they keep the garbage collector
 * busier than all of the rest.
 */
export function borrowBuffer(size: number): Buffer {
  const room = roomFor(size);
  if (room === null) return Buffer.allocUnsafeSlow(size);
  return (idle.get(room)!.pop() ?? Buffer.allocUnsafeSlow(room)).subarray(0, size);
}

/** Only when nobody can read or write it any more. Who is not sure just forgets it. */
export function giveBack(buffer: Buffer): void {
  const whole = Buffer.from(buffer.buffer);
  const waiting = idle.get(whole.length);
  if (waiting && waiting.length < MOST_IDLE.get(whole.length)!) waiting.push(whole);
}

/** Frees what nobody else has seen or will see, while its memory is warm, rather than when the collector comes by. */
export function freeNow(buffer: Buffer): void {
  const ownsItsMemory = buffer.length === buffer.buffer.byteLength;
  if (ownsItsMemory) (buffer.buffer as ArrayBuffer).transfer(0);
}

function roomFor(size: number): number | null {
  if (size <= SMALL) return SMALL;
  return size <= LARGE ? LARGE : null;
}
