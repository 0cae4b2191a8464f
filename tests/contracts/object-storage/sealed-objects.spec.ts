import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { SealBroken, SubjectErased } from '#platform/key-ring/key-ring.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { ObjectMissing, RangeOutside } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { eventually } from '../../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { liveBufferBytes } from '../../support/live-memory.js';
import { openFilesIn } from '../../support/open-files.js';

const SEGMENT = 64 * 1024;
const SEALED = SEGMENT + 16;
const HEADER = 32;
const SIZES = [0, 1, 100_000, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 17];

let database: FreshDatabase;
let directory: string;
let storage: DiskObjectStorage;
let keys: PostgresKeyRing;
let objects: SealedObjects;
let subject: string;
let key: string;

beforeAll(async () => {
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sealed-'));
  storage = await DiskObjectStorage.open(join(directory, 'objects'));
  keys = new PostgresKeyRing(database.pool, await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json')));
  objects = new SealedObjects(storage, keys);
});
beforeEach(() => {
  subject = randomUUID();
  key = `rec/${randomUUID()}`;
});
afterAll(async () => {
  await keys.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

const read = async (start?: number, end?: number, at = key, of = subject) =>
  buffer(await objects.get(of, at, start === undefined ? undefined : { start, end: end! }));
const sealed = async () => buffer(await storage.get(key));
const same = (a: Buffer, b: Buffer) => expect(a.equals(b)).toBe(true);

describe('sealed additions', () => {
  const added = async (size: number, name: string) => {
    const plaintext = randomBytes(size);
    const folder = `${key}/`;
    return { plaintext, folder, name, size, place: await objects.add(subject, { folder, name }, plaintext) };
  };

  it('come back whole and in every range, whatever lies around them in the same object', async () => {
    const all = [];
    for (const [n, size] of [...SIZES, 10].entries()) all.push(await added(size, `n${n}`));
    expect(new Set(all.map(({ place }) => place.key)).size).toBe(1);
    for (const one of all) {
      same(await buffer(await objects.getAdded(subject, one)), one.plaintext);
      for (const [start, end] of [
        [0, 0],
        [one.size - 1, one.size + 10],
        [SEGMENT - 1, SEGMENT],
        [SEGMENT, 1e9],
      ] as const)
        if (start >= 0 && start < one.size)
          same(
            await buffer(await objects.getAdded(subject, one, { start, end })),
            one.plaintext.subarray(start, end + 1),
          );
      await expect(objects.getAdded(subject, one, { start: one.size, end: 1e9 })).rejects.toThrow(RangeOutside);
    }
  });

  it('pass for no other, and are missing once their object is gone', async () => {
    const [first, second] = [await added(1_000, 'first'), await added(1_000, 'second')];
    for (const wrong of [{ name: 'second' }, { place: second.place }, { size: 999 }, { size: 1_001 }, { folder: 'x/' }])
      await expect(objects.getAdded(subject, { ...first, ...wrong }).then(buffer)).rejects.toThrow(SealBroken);
    await expect(objects.getAdded(randomUUID(), first)).rejects.toThrow(SealBroken);
    await objects.delete(first.place.key);
    await expect(objects.getAdded(subject, first)).rejects.toThrow(ObjectMissing);
  });

  it('can neither be made nor read once their subject is erased', async () => {
    const one = await added(10, 'one');
    await keys.erase(subject);
    await expect(objects.getAdded(subject, one)).rejects.toThrow(SubjectErased);
    await expect(added(10, 'two')).rejects.toThrow(SubjectErased);
  });
});

describe('sealed objects', () => {
  it.each(SIZES)('of %i bytes come back, put whole or as a stream in odd pieces', async (size) => {
    const plaintext = randomBytes(size);
    await objects.put(subject, key, plaintext);
    same(await read(), plaintext);
    expect(await objects.size(key)).toBe(size);
    async function* odd() {
      for (let at = 0, step = 1; at < size; at += step, step = (step * 7) % 90_001)
        yield plaintext.subarray(at, at + step);
    }
    expect(await objects.putStream(subject, key, Readable.from(odd()))).toEqual({ size });
    same(await read(), plaintext);
    expect(await objects.size(key)).toBe(size);
  });

  it('show nothing of the plaintext, never look alike, and grow by at most five per cent', async () => {
    const plaintext = Buffer.alloc(100_000, 'secret screen ');
    await objects.put(subject, key, plaintext);
    const [first, second] = [await sealed(), (await objects.put(subject, key, plaintext), await sealed())];
    expect(first.includes('secret')).toBe(false);
    expect(first.subarray(HEADER).equals(second.subarray(HEADER))).toBe(false);
    expect(first.length / plaintext.length).toBeLessThanOrEqual(1.05);
  });

  it('give every range that crosses, touches or misses a segment’s edge', async () => {
    const size = 3 * SEGMENT + 17;
    const plaintext = randomBytes(size);
    await objects.put(subject, key, plaintext);
    const edges = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT - 1, 3 * SEGMENT, size - 1];
    for (const start of edges)
      for (const end of [...edges, size, 1e9, Number.MAX_SAFE_INTEGER].filter((edge) => edge >= start))
        same(await read(start, end), plaintext.subarray(start, end + 1));
    for (const start of [size, size + 1, 4 * SEGMENT, 1e9])
      await expect(objects.get(subject, key, { start, end: start + 5 })).rejects.toThrow(RangeOutside);
    await expect(objects.get(subject, key, { start: 2, end: 1 })).rejects.toThrow(RangeOutside);
  });

  it('give ranges at the end of an object that ends with a full segment', async () => {
    const plaintext = randomBytes(2 * SEGMENT);
    await objects.put(subject, key, plaintext);
    same(await read(SEGMENT, 2 * SEGMENT - 1), plaintext.subarray(SEGMENT));
    same(await read(SEGMENT - 1, SEGMENT - 1), plaintext.subarray(SEGMENT - 1, SEGMENT));
    await expect(objects.get(subject, key, { start: 2 * SEGMENT, end: 2 * SEGMENT })).rejects.toThrow(RangeOutside);
  });

  it('read only the segments that a range touches', async () => {
    await objects.put(subject, key, randomBytes(4 * SEGMENT));
    const raw = await sealed();
    for (const at of [HEADER + 5, HEADER + SEALED + 5, HEADER + 3 * SEALED + 5]) raw[at]! ^= 1;
    await storage.put(key, raw);
    expect(await read(2 * SEGMENT, 3 * SEGMENT - 1)).toHaveLength(SEGMENT);
    await expect(read(2 * SEGMENT, 3 * SEGMENT)).rejects.toThrow(SealBroken);
  });

  it('that are missing are missing, whether their subject has a key or not', async () => {
    await expect(objects.get(subject, key)).rejects.toThrow(ObjectMissing);
    await keys.keyOf(subject);
    await expect(objects.get(subject, key)).rejects.toThrow(ObjectMissing);
    await expect(objects.get(subject, key, { start: 1e6, end: 2e6 })).rejects.toThrow(ObjectMissing);
    expect(await objects.size(key)).toBeNull();
  });

  it('make no key when they are read', async () => {
    await objects.put(randomUUID(), key, randomBytes(10));
    await expect(objects.get(subject, key)).rejects.toThrow(SealBroken);
    expect(await keys.existingKeyOf(subject)).toBeNull();
  });

  it('can neither be written nor read once their subject is erased', async () => {
    await objects.put(subject, key, randomBytes(10));
    await keys.erase(subject);
    await expect(objects.get(subject, key)).rejects.toThrow(SubjectErased);
    await expect(objects.put(subject, key, randomBytes(10))).rejects.toThrow(SubjectErased);
    await expect(objects.putStream(subject, key, Readable.from([]))).rejects.toThrow(SubjectErased);
  });

  it('leave nothing behind when the body fails, and end the body when the storage fails', async () => {
    async function* cut() {
      yield randomBytes(200_000);
      throw new Error('cut');
    }
    await expect(objects.putStream(subject, key, Readable.from(cut()))).rejects.toThrow('cut');
    expect(await objects.size(key)).toBeNull();
    const body = Readable.from([randomBytes(10)]);
    await expect(objects.putStream(subject, '../x', body)).rejects.toThrow('Not an object key');
    expect(body.destroyed).toBe(true);
  });
});

describe('tampering with a sealed object', () => {
  const plaintextSize = 2 * SEGMENT + 100;
  let raw: Buffer;
  beforeEach(async () => {
    await objects.put(subject, key, randomBytes(plaintextSize));
    raw = await sealed();
  });
  const segment = (n: number) => raw.subarray(HEADER + n * SEALED, HEADER + (n + 1) * SEALED);
  const header = () => raw.subarray(0, HEADER);

  it.each<[string, () => Buffer[]]>([
    ['cut at a segment’s edge', () => [raw.subarray(0, HEADER + 2 * SEALED)]],
    ['cut to its first segment', () => [raw.subarray(0, HEADER + SEALED)]],
    ['cut within a segment', () => [raw.subarray(0, HEADER + SEALED + 500)]],
    ['cut within a tag', () => [raw.subarray(0, HEADER + 5)]],
    ['cut to its header', () => [header()]],
    ['cut within its header', () => [raw.subarray(0, 20)]],
    ['emptied', () => []],
    ['lengthened by a byte', () => [raw, Buffer.from([0])]],
    ['lengthened by its own last segment', () => [raw, segment(2)]],
    ['lengthened by its first segment', () => [raw, segment(0)]],
    ['reordered', () => [header(), segment(1), segment(0), segment(2)]],
    ['missing a segment', () => [header(), segment(0), segment(2)]],
    ['repeating a segment', () => [header(), segment(0), segment(0), segment(1), segment(2)]],
    ['reduced to its last segment', () => [header(), segment(2)]],
  ])('is noticed when it was %s', async (_, parts) => {
    await storage.put(key, Buffer.concat(parts()));
    await expect(read()).rejects.toThrow(SealBroken);
  });

  it('is noticed wherever a bit is turned', async () => {
    const places = [0, 4, 5, 7, 8, 31, 32, 40, HEADER + SEGMENT, HEADER + SEALED - 1, HEADER + SEALED, raw.length - 1];
    for (const at of places) {
      const altered = Buffer.from(raw);
      altered[at]! ^= 1 << (at % 8);
      await storage.put(key, altered);
      await expect(read()).rejects.toThrow(SealBroken);
    }
  });

  it('is noticed by a range whose segments were cut off behind it', async () => {
    await storage.put(key, raw.subarray(0, HEADER + 2 * SEALED));
    await expect(read(SEGMENT, SEGMENT + 5)).rejects.toThrow(SealBroken);
  });

  it('is noticed when it lies under another key, or belongs to another subject', async () => {
    await storage.put(`${key}-moved`, raw);
    await expect(read(0, 5, `${key}-moved`)).rejects.toThrow(SealBroken);
    const stranger = randomUUID();
    await keys.keyOf(stranger);
    await expect(read(0, 5, key, stranger)).rejects.toThrow(SealBroken);
  });

  it('is noticed when segments of two objects under one key are mixed', async () => {
    await objects.put(subject, key, randomBytes(plaintextSize));
    const other = await sealed();
    await storage.put(key, Buffer.concat([raw.subarray(0, HEADER + SEALED), other.subarray(HEADER + SEALED)]));
    await expect(read()).rejects.toThrow(SealBroken);
  });

  it('is noticed by its size', async () => {
    for (const length of [0, HEADER, HEADER + 15, HEADER + SEALED + 16]) {
      await storage.put(key, raw.subarray(0, length));
      await expect(objects.size(key)).rejects.toThrow(SealBroken);
    }
  });
});

describe('a long recording', () => {
  it('is sealed and opened in flat memory', async () => {
    const [pieces, piece] = [1_000, randomBytes(100_000)];
    const before = liveBufferBytes();
    let most = 0;
    async function* body() {
      for (let i = 0; i < pieces; i++) {
        if (i % 400 === 399) most = Math.max(most, liveBufferBytes());
        yield piece;
      }
    }
    expect(await objects.putStream(subject, key, Readable.from(body()))).toEqual({ size: pieces * piece.length });
    let [size, chunks] = [0, 0];
    for await (const chunk of await objects.get(subject, key)) {
      size += (chunk as Buffer).length;
      if (chunks++ % 600 === 599) most = Math.max(most, liveBufferBytes());
    }
    expect(size).toBe(pieces * piece.length);
    expect(most - before).toBeLessThan(4_000_000);
    await objects.delete(key);
  });

  it('given up by its viewer closes its file', async () => {
    await objects.put(subject, key, randomBytes(5_000_000));
    for (let i = 0; i < 20; i++) {
      const stream = await objects.get(subject, key, i % 2 ? { start: 3_000_000, end: 4_999_999 } : undefined);
      const closed = new Promise((resolve) => stream.once('close', resolve));
      if (i % 4 > 1) await stream[Symbol.asyncIterator]().next();
      stream.destroy();
      await closed;
    }
    await eventually(async () => expect(await openFilesIn(directory)).toBe(0));
  });
});
