import { Readable } from 'node:stream';
import { SealBroken, type KeyRing } from '#platform/key-ring/key-ring.js';
import { checkedRange } from './object-keys.js';
import { RangeOutside, type ByteRange, type ObjectStorage, type Place } from './object-storage.js';
import { extentOf, type ReadBytes } from './extent.js';
import { fetchSegments } from './sealed-fetch.js';
import { resume } from './resume.js';
import { borrowBuffer, giveBack } from './reused-buffers.js';
import { plaintextSize, SegmentCipher, sealedSize } from './sealed-format.js';
import { cut, opening, sealing } from './sealed-streams.js';

interface AddedName {
  readonly folder: string;
  readonly name: string;
}

/** One of many under a folder: its name there, where it lies, and the size of its plaintext. */
export interface Added extends AddedName {
  readonly place: Place;
  readonly size: number;
}

/**
 * Media at rest: sealed under their subject's key before they reach any storage, so that erasing the subject destroys
 * them wherever they lie. Sizes and ranges are those of the plaintext. See `sealed-format.ts` for the bytes.
 */
export class SealedObjects {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly keys: KeyRing,
  ) {}

  /** Durable once resolved. @throws SubjectErased */
  async put(subject: string, key: string, plaintext: Buffer): Promise<void> {
    await this.sealed(subject, key, plaintext, (sealed) => this.storage.put(key, sealed));
  }

  /**
   * Keeps a small body as one of many under a folder. The name is sealed in, so that none passes for another.
   * Durable once resolved. @returns where it lies @throws SubjectErased
   */
  async add(subject: string, { folder, name }: AddedName, plaintext: Buffer): Promise<Place> {
    return this.sealed(subject, folder + name, plaintext, (sealed) => this.storage.add(folder, sealed));
  }

  /** Any length in flat memory; when it fails, nothing is left behind and the body is destroyed. @throws SubjectErased */
  async putStream(subject: string, key: string, body: Readable): Promise<{ size: number }> {
    let size = 0;
    try {
      const cipher = SegmentCipher.fresh(await this.keys.keyOf(subject), key);
      const sealed = sealing(cipher, body, (count) => (size += count));
      await this.storage.putStream(key, Readable.from(sealed, { objectMode: false }));
    } finally {
      body.destroy();
    }
    return { size };
  }

  /**
   * Reads and opens only the segments that the range touches. The first is proven whole before the stream is handed
   * out, each further one before its bytes are; a stream that ends well was proven whole. It must be read or destroyed.
   * @throws ObjectMissing, RangeOutside, ObjectAltered, SubjectErased; SealBroken when the subject has no key
   */
  async get(subject: string, key: string, range?: ByteRange): Promise<Readable> {
    return this.opened(subject, key, (part) => this.storage.get(key, part), range);
  }

  /** As `get`, of what was added. @throws as `get` does */
  async getAdded(subject: string, { folder, name, place, size }: Added, range?: ByteRange): Promise<Readable> {
    return this.opened(subject, folder + name, extentOf(this.storage, place, sealedSize(size)), range);
  }

  /** Size of the plaintext; null when there is no such object. */
  async size(key: string): Promise<number | null> {
    const object = await this.storage.head(key);
    return object && plaintextSize(object);
  }

  delete(key: string): Promise<void> {
    return this.storage.delete(key);
  }

  async deletePrefix(prefix: string): Promise<void> {
    await this.storage.deletePrefix(prefix);
  }

  private async sealed<T>(
    subject: string,
    name: string,
    plaintext: Buffer,
    store: (sealed: Buffer) => Promise<T>,
  ): Promise<T> {
    const cipher = SegmentCipher.fresh(await this.keys.keyOf(subject), name);
    const sealed = cipher.sealWhole(plaintext, borrowBuffer(sealedSize(plaintext.length)));
    const stored = await store(sealed);
    giveBack(sealed); // not after a failure: a connection given up may still be sending it
    return stored;
  }

  private async opened(subject: string, name: string, read: ReadBytes, range?: ByteRange): Promise<Readable> {
    const wanted = checkedRange(name, range) ?? { start: 0, end: Infinity };
    const subjectKey = await this.keys.existingKeyOf(subject);
    const source = await fetchSegments(read, wanted);
    try {
      if (!subjectKey) throw new SealBroken();
      const cipher = SegmentCipher.of(source.header, subjectKey, name);
      const plaintext = cut(opening(cipher, source.body, source.first, source.count), source.skip, wanted);
      const head = await plaintext.next();
      if (head.done && range) throw new RangeOutside(name, range);
      return Readable.from(resume(head.done ? [] : [head.value], plaintext), { objectMode: false });
    } catch (error) {
      source.close();
      throw error;
    }
  }
}
