import type { Readable } from 'node:stream';
import { ImpersonalFailure } from '#kernel/impersonal-failure.js';
import { SealBroken } from '#platform/key-ring/key-ring.js';

/** First and last byte, both inclusive, as in HTTP. An end beyond the object means its last byte. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
}

/** How much lies under a prefix. */
export interface Holding {
  readonly objects: number;
  /** Every stored version and delete marker; without versioning, one for each object. */
  readonly versions: number;
}

/** Where added bytes lie: in which object, and from which of its bytes on. */
export interface Place {
  readonly key: string;
  readonly start: number;
}

/** The object does not exist (any more). */
export class ObjectMissing extends ImpersonalFailure {
  constructor(readonly key: string) {
    super(`No object at ${key}`);
    this.name = 'ObjectMissing';
  }
}

/** The storage could not be asked, or failed; the same may well succeed later. */
export class ObjectStorageAway extends Error {
  constructor(override readonly cause: Error) {
    super(`The object storage is away: ${cause.message}`);
    this.name = 'ObjectStorageAway';
  }
}

/**
 * What was read of an object is not what was put there. As long as it may be another's answer it decides nothing: the
 * same may well be read later. Or it is damaged.
 */
export class ObjectAltered extends SealBroken {
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(options, key);
    this.name = 'ObjectAltered';
  }
}

/** The range begins beyond the object's last byte, or is no range at all. */
export class RangeOutside extends ImpersonalFailure {
  constructor(
    readonly key: string,
    readonly range: ByteRange,
  ) {
    super(`The range ${range.start}-${range.end} lies outside ${key}`);
    this.name = 'RangeOutside';
  }
}

/**
 * Immutable blobs by key. Keys are `[a-z0-9/_.:-]`, never personal: names parted by `/`, at most 512 characters in all
 * and 128 a name. What lands here is already sealed. Adapters: local disk (default) and S3.
 */
export abstract class ObjectStorage {
  /** Durable once resolved (fsync on disk). Writing the same key again replaces the object atomically. */
  abstract put(key: string, body: Buffer): Promise<void>;
  /**
   * Keeps a small body as one of many under a folder (a prefix that ends with `/`). Several may share an object, which
   * then grows; what was added never changes, and goes with the object. Durable once resolved.
   */
  abstract add(folder: string, body: Buffer): Promise<Place>;
  /**
   * Streams any length in flat memory (multipart on S3). When the stream or the storage fails, nothing is left behind
   * and the stream is destroyed. Returns the size.
   */
  abstract putStream(key: string, body: Readable): Promise<number>;
  /** The stream must be read to its end or destroyed. @throws ObjectMissing, RangeOutside, both before the stream is handed out */
  abstract get(key: string, range?: ByteRange): Promise<Readable>;
  abstract head(key: string): Promise<StoredObject | null>;
  /** Every object whose key begins with the prefix (any text), in the order of the keys' bytes. */
  abstract list(prefix: string): AsyncIterable<StoredObject>;
  /** What {@link deletePrefix} would find. */
  abstract count(prefix: string): Promise<Holding>;
  /** Hard delete: every version and delete marker. Deleting what is not there is no error. */
  abstract delete(key: string): Promise<void>;
  /**
   * Hard delete of everything under a prefix, which ends with `/` so that it never reaches into a longer name;
   * unfinished multipart uploads included; re-lists until empty. Returns how much went.
   */
  abstract deletePrefix(prefix: string): Promise<Holding>;
}
