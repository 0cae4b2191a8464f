import { RangeOutside, type ByteRange } from './object-storage.js';

const NAME = /^[a-z0-9_.:-]{1,128}$/;
const LONGEST = 512;

/** @throws Error when it is no key: a bug or an attack, never a person's mistake */
export function checkedKey(key: string): string {
  const names = key.split('/');
  const plain = names.every((name) => NAME.test(name) && name !== '.' && name !== '..');
  if (!plain || key.length > LONGEST) throw new Error(`Not an object key: ${JSON.stringify(key.slice(0, 80))}`);
  return key;
}

/** A prefix to list: the beginning of a key. */
export function checkedPrefix(prefix: string): string {
  const cut = prefix.lastIndexOf('/') + 1;
  if (cut) checkedKey(prefix.slice(0, cut - 1));
  if (cut < prefix.length && !NAME.test(prefix.slice(cut))) throw new Error(`Not a prefix: ${JSON.stringify(prefix)}`);
  return prefix;
}

/** A prefix to delete: whole names only, never everything. */
export function checkedFolder(prefix: string): string {
  if (!prefix.endsWith('/')) throw new Error(`A prefix to delete ends with "/": ${JSON.stringify(prefix)}`);
  checkedKey(prefix.slice(0, -1));
  return prefix;
}

/** @throws RangeOutside when it is no range */
export function checkedRange(key: string, range: ByteRange | undefined): ByteRange | undefined {
  if (!range) return undefined;
  const { start, end } = range;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start)
    throw new RangeOutside(key, range);
  return range;
}
