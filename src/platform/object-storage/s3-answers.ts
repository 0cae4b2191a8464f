import { createHash } from 'node:crypto';
import { ObjectStorageAway, type ByteRange } from './object-storage.js';

/** What JavaScript says of a program that is wrong. */
const OURS = [TypeError, RangeError, ReferenceError];

/** What the storage may say in so many words in answer to a command, and what is understood of it. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  GetObjectCommand: ['NoSuchKey', 'InvalidRange'],
  HeadObjectCommand: ['NotFound', 'NoSuchKey'],
  AbortMultipartUploadCommand: ['NoSuchUpload'],
};

/** The answer that a request for an object got, as far as it proves that it is the storage's own. */
interface ObjectAnswer {
  readonly ETag?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentRange?: string | undefined;
}

/**
 * After all of the client's own attempts. Neither what the storage says in so many words is an outage, nor a mistake of
 * ours, which would be repeated for ever; all else is the line's, the account's, or somebody's who answered in its place.
 */
export function sayIfAway(error: Error, command = ''): never {
  const isOurs = OURS.some((mistake) => error instanceof mistake) && !('$response' in error); // else it is the answer's fault
  if (isOurs || error instanceof ObjectStorageAway || SAID[command]?.includes(error.name)) throw error;
  throw new ObjectStorageAway(error);
}

/**
 * An answer may be anybody's: a captive portal's, a proxy's that has lost its way. One without the sign that only the
 * storage's own bears decides nothing.
 * @throws ObjectStorageAway
 */
export function proves<Sign>(sign: Sign | null | undefined | false, command: string): asserts sign is Sign {
  if (!sign) throw new ObjectStorageAway(new Error(`What answered ${command} was not the storage`));
}

/** That a listing is one, and of nothing but this prefix: what it names is deleted, and what it does not name is gone. */
export function provesListing(
  command: string,
  prefix: string,
  { of, keys }: { readonly of: string | undefined; readonly keys: readonly (string | undefined)[] },
): void {
  proves(of && keys.every((key) => key?.startsWith(prefix)), command);
}

/** @returns how many bytes the object has @throws ObjectStorageAway */
export function sizeProven(command: string, { ETag, ContentLength, ContentType }: ObjectAnswer): number {
  // Nothing of ours is stored as a page; whoever shows pages may well tag them.
  proves(ETag && ContentLength !== undefined && !ContentType?.startsWith('text/html'), command);
  return ContentLength!;
}

/** That what follows is the part that was asked for. @throws ObjectStorageAway */
export function provesRange(command: string, answer: ObjectAnswer, { start, end }: ByteRange): void {
  const length = sizeProven(command, answer);
  const [first, last, size] =
    /^bytes (\d+)-(\d+)\/(\d+)$/
      .exec(answer.ContentRange ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  proves(first === start && last === Math.min(end, size! - 1) && length === last - start + 1, command);
}

/** Whether a tag is that of these bytes: their MD5, wherever the storage does not encrypt with a key of its own. */
export function isTagOf(tag: string | undefined, bytes: Buffer): boolean {
  return tag?.replaceAll('"', '').toLowerCase() === createHash('md5').update(bytes).digest('hex');
}
