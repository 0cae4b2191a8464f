import type { Readable } from 'node:stream';
import type { ByteRange, ObjectStorage, Place } from './object-storage.js';

/** Reads an object, or a part of it as if that part were all. @throws ObjectMissing, RangeOutside */
export type ReadBytes = (range?: ByteRange) => Promise<Readable>;

/** Reads the `length` bytes that lie at a place, and nothing beyond them: a range that begins there ends before it begins. */
export function extentOf(storage: ObjectStorage, { key, start }: Place, length: number): ReadBytes {
  const last = start + length - 1;
  return (range = { start: 0, end: length }) =>
    storage.get(key, { start: start + range.start, end: Math.min(start + range.end, last) });
}
