import type { ByteRange } from './object-storage.js';
import { pieces } from './pieces.js';
import { resume } from './resume.js';
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
