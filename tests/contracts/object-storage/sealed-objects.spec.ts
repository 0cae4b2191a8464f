import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SealBroken, SubjectErased } from '#platform/key-ring/key-ring.js';
import { ObjectMissing, RangeOutside } from '#platform/object-storage/object-storage.js';
import { eventually } from '../../support/eventually.js';
import { liveBufferBytes } from '../../support/live-memory.js';
import { openFilesIn } from '../../support/open-files.js';
import { HEADER, same, SEALED, sealedGround, SEGMENT, type SealedGround } from './sealed-ground.js';

const SIZES = [0, 1, 100_000, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 17];

let ground: SealedGround;
let subject: string;
let key: string;
beforeAll(async () => void (ground = await sealedGround()));
beforeEach(() => void ({ subject, key } = ground.fresh()));
afterAll(() => ground.drop());

const read = (start?: number, end?: number, at = key, of = subject) => ground.read(of, at, start, end);
const sealed = async () => buffer(await ground.storage.get(key));

describe('sealed objects', () => {
  it.each(SIZES)('of %i bytes come back, put whole or as a stream in odd pieces', async (size) => {
    const plaintext = randomBytes(size);
    await ground.objects.put(subject, key, plaintext);
    same(await read(), plaintext);
    expect(await ground.objects.size(key)).toBe(size);
    async function* odd() {
      for (let at = 0, step = 1; at < size; at += step, step = (step * 7) % 90_001)
        yield plaintext.subarray(at, at + step);
    }
    expect(await ground.objects.putStream(subject, key, Readable.from(odd()))).toEqual({ size });
    same(await read(), plaintext);
    expect(await ground.objects.size(key)).toBe(size);
  });

  it('show nothing of the plaintext, never look alike, and grow by at most five per cent', async () => {
    const plaintext = Buffer.alloc(100_000, 'secret screen ');
    await ground.objects.put(subject, key, plaintext);
    const [first, second] = [await sealed(), (await ground.objects.put(subject, key, plaintext), await sealed())];
    expect(first.includes('secret')).toBe(false);
    expect(first.subarray(HEADER).equals(second.subarray(HEADER))).toBe(false);
    expect(first.length / plaintext.length).toBeLessThanOrEqual(1.05);
  });

  it('give every range that crosses, touches or misses a segment’s edge', async () => {
    const size = 3 * SEGMENT + 17;
    const plaintext = randomBytes(size);
    await ground.objects.put(subject, key, plaintext);
    const edges = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT - 1, 3 * SEGMENT, size - 1];
    for (const start of edges)
      for (const end of [...edges, size, 1e9, Number.MAX_SAFE_INTEGER].filter((edge) => edge >= start))
        same(await read(start, end), plaintext.subarray(start, end + 1));
    for (const start of [size, size + 1, 4 * SEGMENT, 1e9])
      await expect(ground.objects.get(subject, key, { start, end: start + 5 })).rejects.toThrow(RangeOutside);
    await expect(ground.objects.get(subject, key, { start: 2, end: 1 })).rejects.toThrow(RangeOutside);
  });

  it('give ranges at the end of an object that ends with a full segment', async () => {
    const plaintext = randomBytes(2 * SEGMENT);
    await ground.objects.put(subject, key, plaintext);
    same(await read(SEGMENT, 2 * SEGMENT - 1), plaintext.subarray(SEGMENT));
    same(await read(SEGMENT - 1, SEGMENT - 1), plaintext.subarray(SEGMENT - 1, SEGMENT));
    await expect(ground.objects.get(subject, key, { start: 2 * SEGMENT, end: 2 * SEGMENT })).rejects.toThrow(
      RangeOutside,
    );
  });

  it('read only the segments that a range touches', async () => {
    await ground.objects.put(subject, key, randomBytes(4 * SEGMENT));
    const raw = await sealed();
    for (const at of [HEADER + 5, HEADER + SEALED + 5, HEADER + 3 * SEALED + 5]) raw[at]! ^= 1;
    await ground.storage.put(key, raw);
    expect(await read(2 * SEGMENT, 3 * SEGMENT - 1)).toHaveLength(SEGMENT);
    await expect(read(2 * SEGMENT, 3 * SEGMENT)).rejects.toThrow(SealBroken);
  });

  it('that are missing are missing, whether their subject has a key or not', async () => {
    await expect(ground.objects.get(subject, key)).rejects.toThrow(ObjectMissing);
    await ground.keys.keyOf(subject);
    await expect(ground.objects.get(subject, key)).rejects.toThrow(ObjectMissing);
    await expect(ground.objects.get(subject, key, { start: 1e6, end: 2e6 })).rejects.toThrow(ObjectMissing);
    expect(await ground.objects.size(key)).toBeNull();
  });

  it('make no key when they are read', async () => {
    await ground.objects.put(randomUUID(), key, randomBytes(10));
    await expect(ground.objects.get(subject, key)).rejects.toThrow(SealBroken);
    expect(await ground.keys.existingKeyOf(subject)).toBeNull();
  });

  it('can neither be written nor read once their subject is erased', async () => {
    await ground.objects.put(subject, key, randomBytes(10));
    await ground.keys.erase(subject);
    await expect(ground.objects.get(subject, key)).rejects.toThrow(SubjectErased);
    await expect(ground.objects.put(subject, key, randomBytes(10))).rejects.toThrow(SubjectErased);
    await expect(ground.objects.putStream(subject, key, Readable.from([]))).rejects.toThrow(SubjectErased);
  });

  it('leave nothing behind when the body fails, and end the body when the storage fails', async () => {
    async function* cut() {
      yield randomBytes(200_000);
      throw new Error('cut');
    }
    await expect(ground.objects.putStream(subject, key, Readable.from(cut()))).rejects.toThrow('cut');
    expect(await ground.objects.size(key)).toBeNull();
    const body = Readable.from([randomBytes(10)]);
    await expect(ground.objects.putStream(subject, '../x', body)).rejects.toThrow('Not an object key');
    expect(body.destroyed).toBe(true);
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
    expect(await ground.objects.putStream(subject, key, Readable.from(body()))).toEqual({
      size: pieces * piece.length,
    });
    let [size, chunks] = [0, 0];
    for await (const chunk of await ground.objects.get(subject, key)) {
      size += (chunk as Buffer).length;
      if (chunks++ % 600 === 599) most = Math.max(most, liveBufferBytes());
    }
    expect(size).toBe(pieces * piece.length);
    expect(most - before).toBeLessThan(4_000_000);
    await ground.objects.delete(key);
  });

  it('given up by its viewer closes its file', async () => {
    await ground.objects.put(subject, key, randomBytes(5_000_000));
    for (let i = 0; i < 20; i++) {
      const stream = await ground.objects.get(subject, key, i % 2 ? { start: 3_000_000, end: 4_999_999 } : undefined);
      const closed = new Promise((resolve) => stream.once('close', resolve));
      if (i % 4 > 1) await stream[Symbol.asyncIterator]().next();
      stream.destroy();
      await closed;
    }
    await eventually(async () => expect(await openFilesIn(ground.directory)).toBe(0));
  });
});
