import type { Readable } from 'node:stream';
import { RangeOutside, type ByteRange, type ObjectStorage, type Place } from './object-storage.js';

/** Bytes of an object's, or of a part of it, as if that part were all. @throws ObjectMissing, RangeOutside */
export type ReadBytes = (range?: ByteRange) => Promise<Readable>;

/** Reads the `length` bytes that lie at a place, and nothing beyond them. */
export function extentOf(storage: ObjectStorage, { key, start }: Place, length: number): ReadBytes {
  return async (range = { start: 0, end: length - 1 }) => {
    if (range.start >= length) throw new RangeOutside(key, range);
    return storage.get(key, { start: start + range.start, end: start + Math.min(range.end, length - 1) });
  };
}
