import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadBytes } from './extent.js';
import { ObjectAltered, RangeOutside, type ByteRange } from './object-storage.js';
import { HEADER, SEALED_SEGMENT, SEGMENT } from './sealed-format.js';
import { splitHeader } from './sealed-streams.js';

/** The sealed segments that a range of plaintext touches, on their way from the storage. */
export interface FetchedSegments {
  readonly header: Buffer;
  /** From the first segment on, and one byte beyond the last one wanted if there is one. */
  readonly body: AsyncIterable<Buffer>;
  /** Number of the first segment, and how many are wanted. */
  readonly first: number;
  readonly count: number;
  /** How far into the first segment the range begins. */
  readonly skip: number;
  close(): void;
}

/** @throws ObjectMissing, RangeOutside, ObjectAltered */
export async function fetchSegments(read: ReadBytes, range: ByteRange): Promise<FetchedSegments> {
  const first = Math.floor(range.start / SEGMENT);
  const count = Math.floor(range.end / SEGMENT) - first + 1;
  const place = { first, count, skip: range.start - first * SEGMENT };
  try {
    return {
      ...place,
      ...(first === 0 ? await fromStart(read, count) : await fromWithin(read, place)),
    };
  } catch (error) {
    if (!(error instanceof RangeOutside)) throw error;
    // Even an empty object has a header and a segment: without them it was cut.
    throw first === 0 ? new ObjectAltered(error.key, { cause: error }) : new RangeOutside(error.key, range);
  }
}

async function fromStart(read: ReadBytes, count: number) {
  const stream = await read(count === Infinity ? undefined : rangeOf(0, HEADER + count * SEALED_SEGMENT));
  const { header, rest } = await splitHeader(stream);
  return { header, body: rest, close: () => void stream.destroy() };
}

/** Both requests at once: the storage may be far away. */
async function fromWithin(read: ReadBytes, { first, count }: { first: number; count: number }) {
  const start = HEADER + first * SEALED_SEGMENT;
  const header = read({ start: 0, end: HEADER - 1 }).then(buffer);
  const stream = read(rangeOf(start, start + count * SEALED_SEGMENT));
  const [ready, opened] = await Promise.allSettled([header, stream]);
  const close = (open: Readable) => void open.destroy();
  if (opened.status === 'rejected') throw opened.reason;
  if (ready.status === 'rejected') {
    close(opened.value);
    throw ready.reason;
  }
  return { header: ready.value, body: opened.value as AsyncIterable<Buffer>, close: () => close(opened.value) };
}

function rangeOf(start: number, end: number): ByteRange {
  return { start, end: Math.min(end, Number.MAX_SAFE_INTEGER) };
}
