import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ObjectAltered } from '#platform/object-storage/object-storage.js';
import { HEADER, SEALED, sealedGround, SEGMENT, type SealedGround } from './sealed-ground.js';

let ground: SealedGround;
let subject: string;
let key: string;
beforeAll(async () => void (ground = await sealedGround()));
beforeEach(() => void ({ subject, key } = ground.fresh()));
afterAll(() => ground.drop());

const read = (start?: number, end?: number, at = key, of = subject) => ground.read(of, at, start, end);
const sealed = async () => buffer(await ground.storage.get(key));

describe('tampering with a sealed object', () => {
  const plaintextSize = 2 * SEGMENT + 100;
  let raw: Buffer;
  beforeEach(async () => {
    await ground.objects.put(subject, key, randomBytes(plaintextSize));
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
    await ground.storage.put(key, Buffer.concat(parts()));
    await expect(read()).rejects.toThrow(ObjectAltered);
  });

  it('is noticed wherever a bit is turned', async () => {
    const places = [0, 4, 5, 7, 8, 31, 32, 40, HEADER + SEGMENT, HEADER + SEALED - 1, HEADER + SEALED, raw.length - 1];
    for (const at of places) {
      const altered = Buffer.from(raw);
      altered[at]! ^= 1 << (at % 8);
      await ground.storage.put(key, altered);
      await expect(read()).rejects.toThrow(ObjectAltered);
    }
  });

  it('is noticed by a range whose segments were cut off behind it', async () => {
    await ground.storage.put(key, raw.subarray(0, HEADER + 2 * SEALED));
    await expect(read(SEGMENT, SEGMENT + 5)).rejects.toThrow(ObjectAltered);
  });

  it('is noticed when it lies under another key, or belongs to another subject', async () => {
    await ground.storage.put(`${key}-moved`, raw);
    await expect(read(0, 5, `${key}-moved`)).rejects.toThrow(ObjectAltered);
    const stranger = randomUUID();
    await ground.keys.keyOf(stranger);
    await expect(read(0, 5, key, stranger)).rejects.toThrow(ObjectAltered);
  });

  it('is noticed when segments of two objects under one key are mixed', async () => {
    await ground.objects.put(subject, key, randomBytes(plaintextSize));
    const other = await sealed();
    await ground.storage.put(key, Buffer.concat([raw.subarray(0, HEADER + SEALED), other.subarray(HEADER + SEALED)]));
    await expect(read()).rejects.toThrow(ObjectAltered);
  });

  it('is noticed by its size', async () => {
    for (const length of [0, HEADER, HEADER + 15, HEADER + SEALED + 16]) {
      await ground.storage.put(key, raw.subarray(0, length));
      await expect(ground.objects.size(key)).rejects.toThrow(ObjectAltered);
    }
  });
});
