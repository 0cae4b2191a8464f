import type { ByteRange } from './object-storage.js';
import { HEADER, SEALED_SEGMENT, SEGMENT, type SegmentCipher } from './sealed-format.js';

/** The whole sealed object, a segment at a time; reports the plaintext's size as it grows. */
export async function* sealing(
  cipher: SegmentCipher,
  body: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  yield cipher.header;
  for await (const { bytes, number, isLast } of pieces(body, SEGMENT)) {
    onBytes(bytes.length);
    yield cipher.seal(number, bytes, isLast);
  }
}

/**
 * The plaintext of consecutive sealed segments, the first of which has that number. What follows the last wanted one
 * need only begin: it proves that the wanted one is not the object's last.
 * @param count how many segments are wanted; Infinity reads, and proves, to the object's end
 */
export async function* opening(
  cipher: SegmentCipher,
  sealed: AsyncIterable<Buffer>,
  first: number,
  count: number,
): AsyncGenerator<Buffer> {
  for await (const { bytes, number, isLast } of pieces(sealed, SEALED_SEGMENT)) {
    if (number >= count) return;
    yield cipher.open(first + number, bytes, isLast);
  }
}

/** Parts a stream's header from the rest, leaving the rest unread. */
export async function splitHeader(
  sealed: AsyncIterable<Buffer>,
): Promise<{ header: Buffer; rest: AsyncIterable<Buffer> }> {
  const source = sealed[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < HEADER) {
    const { value, done } = await source.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return { header: start.subarray(0, HEADER), rest: resume([start.subarray(HEADER)], source) };
}

/** The bytes of a range, out of plaintext that begins `skip` bytes before it. */
export async function* cut(plaintext: AsyncIterable<Buffer>, skip: number, range: ByteRange): AsyncGenerator<Buffer> {
  let ahead = skip;
  let left = range.end - range.start + 1;
  for await (const segment of plaintext) {
    const part = segment.subarray(ahead, ahead + left);
    ahead = Math.max(0, ahead - segment.length);
    left -= part.length;
    if (part.length) yield part;
    if (left === 0) return;
  }
}

/** An iteration that was begun, with what was already taken from it put back. */
export function resume(taken: readonly Buffer[], source: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  const waiting = [...taken];
  const iterator: AsyncIterator<Buffer> = {
    next: async () => (waiting.length ? { value: waiting.shift()!, done: false } : source.next()),
    return: async () => (await source.return?.()) ?? { value: undefined, done: true },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** Cuts a stream into pieces of one size; the last may be shorter, and an empty stream is one empty piece. */
async function* pieces(body: AsyncIterable<Buffer>, size: number) {
  let held: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of body) {
    for (let rest = chunk; rest.length;) {
      // A full piece is held back until a further byte shows that it was not the last.
      if (length === size) {
        yield { bytes: Buffer.concat(held, size), number: number++, isLast: false };
        [held, length] = [[], 0];
      }
      const part = rest.subarray(0, size - length);
      held.push(part);
      length += part.length;
      rest = rest.subarray(part.length);
    }
  }
  yield { bytes: Buffer.concat(held, length), number, isLast: true };
}
