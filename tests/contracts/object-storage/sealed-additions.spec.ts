import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { SealBroken, SubjectErased } from '#platform/key-ring/key-ring.js';
import { ObjectMissing, RangeOutside } from '#platform/object-storage/object-storage.js';
import { same, sealedGround, SEGMENT, type SealedGround } from './sealed-ground.js';

const SIZES = [0, 1, 100_000, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 17];

let ground: SealedGround;
let subject: string;
let key: string;
beforeAll(async () => void (ground = await sealedGround()));
beforeEach(() => void ({ subject, key } = ground.fresh()));
afterAll(() => ground.drop());

describe('sealed additions', () => {
  const added = async (size: number, name: string) => {
    const plaintext = randomBytes(size);
    const folder = `${key}/`;
    return { plaintext, folder, name, size, place: await ground.objects.add(subject, { folder, name }, plaintext) };
  };

  it('come back whole and in every range, whatever lies around them in the same object', async () => {
    const all = [];
    for (const [n, size] of [...SIZES, 10].entries()) all.push(await added(size, `n${n}`));
    expect(new Set(all.map(({ place }) => place.key)).size).toBe(1);
    for (const one of all) {
      same(await buffer(await ground.objects.getAdded(subject, one)), one.plaintext);
      for (const [start, end] of [
        [0, 0],
        [one.size - 1, one.size + 10],
        [SEGMENT - 1, SEGMENT],
        [SEGMENT, 1e9],
      ] as const)
        if (start >= 0 && start < one.size)
          same(
            await buffer(await ground.objects.getAdded(subject, one, { start, end })),
            one.plaintext.subarray(start, end + 1),
          );
      await expect(ground.objects.getAdded(subject, one, { start: one.size, end: 1e9 })).rejects.toThrow(RangeOutside);
    }
  });

  it('pass for no other, and are missing once their object is gone', async () => {
    const [first, second] = [await added(1_000, 'first'), await added(1_000, 'second')];
    for (const wrong of [{ name: 'second' }, { place: second.place }, { size: 999 }, { size: 1_001 }, { folder: 'x/' }])
      await expect(ground.objects.getAdded(subject, { ...first, ...wrong }).then(buffer)).rejects.toThrow(SealBroken);
    await expect(ground.objects.getAdded(randomUUID(), first)).rejects.toThrow(SealBroken);
    await ground.objects.delete(first.place.key);
    await expect(ground.objects.getAdded(subject, first)).rejects.toThrow(ObjectMissing);
  });

  it('can neither be made nor read once their subject is erased', async () => {
    const one = await added(10, 'one');
    await ground.keys.erase(subject);
    await expect(ground.objects.getAdded(subject, one)).rejects.toThrow(SubjectErased);
    await expect(added(10, 'two')).rejects.toThrow(SubjectErased);
  });
});
