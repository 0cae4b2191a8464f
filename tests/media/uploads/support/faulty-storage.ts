import type { Readable } from 'node:stream';
import {
  ObjectStorage,
  type ByteRange,
  type Holding,
  type Place,
  type StoredObject,
} from '#platform/object-storage/object-storage.js';

/** A storage that can be told to misbehave around its additions; all else is the real one's. */
export class FaultyStorage extends ObjectStorage {
  /** Runs before each addition; what it throws, that fails with. */
  before: (folder: string) => Promise<void> | void = () => undefined;
  /** Runs when the bytes are durable, before anybody is told. */
  after: (key: string) => Promise<void> | void = () => undefined;

  constructor(private readonly real: ObjectStorage) {
    super();
  }

  override async add(folder: string, body: Buffer): Promise<Place> {
    await this.before(folder);
    const place = await this.real.add(folder, body);
    await this.after(place.key);
    return place;
  }

  override put(key: string, body: Buffer): Promise<void> {
    return this.real.put(key, body);
  }

  override putStream(key: string, body: Readable): Promise<number> {
    return this.real.putStream(key, body);
  }
  override get(key: string, range?: ByteRange): Promise<Readable> {
    return this.real.get(key, range);
  }
  override head(key: string): Promise<StoredObject | null> {
    return this.real.head(key);
  }
  override list(prefix: string): AsyncIterable<StoredObject> {
    return this.real.list(prefix);
  }
  override delete(key: string): Promise<void> {
    return this.real.delete(key);
  }
  override count(prefix: string): Promise<Holding> {
    return this.real.count(prefix);
  }
  override deletePrefix(prefix: string): Promise<Holding> {
    return this.real.deletePrefix(prefix);
  }
}
