import type { Readable } from 'node:stream';

/** First and last byte, both inclusive, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
}

/** The object does not exist (any more). */
export class ObjectMissing extends Error {
  constructor(readonly key: string) {
    super(`No object at ${key}`);
    this.name = 'ObjectMissing';
  }
}

/**
 * Immutable blobs by key. Keys are `[a-z0-9/_.:-]`, never personal. What lands here is already sealed.
 * Adapters: local disk (default) and S3.
 */
export abstract class ObjectStorage {
  /** Durable once resolved (fsync on disk). Writing the same key again replaces the object atomically. */
  abstract put(key: string, body: Buffer): Promise<void>;
  /** Streams any length in flat memory (multipart on S3, aborted when the stream fails). Returns the size. */
  abstract putStream(key: string, body: Readable): Promise<number>;
  /** @throws ObjectMissing */
  abstract get(key: string, range?: ByteRange): Promise<Readable>;
  abstract head(key: string): Promise<StoredObject | null>;
  abstract list(prefix: string): AsyncIterable<StoredObject>;
  /** Hard delete: every version and delete marker. Deleting what is not there is no error. */
  abstract delete(key: string): Promise<void>;
  /** Hard delete of everything under a prefix, unfinished multipart uploads included; re-lists until empty. Returns how many objects went. */
  abstract deletePrefix(prefix: string): Promise<number>;
}
