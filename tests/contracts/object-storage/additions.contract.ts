import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ObjectMissing, type ObjectStorage, type Place } from '#platform/object-storage/object-storage.js';

/** What every object storage must do with bodies that are one of many. */
export function additionsContract(open: () => ObjectStorage): void {
  let storage: ObjectStorage;
  let at: string;
  beforeEach(() => {
    storage = open();
    at = `t/${randomUUID()}/`;
  });
  const read = async ({ key, start }: Place, { length }: Buffer) =>
    buffer(await storage.get(key, { start, end: start + length - 1 }));

  describe('additions', () => {
    it('lie under their folder, where they were said to, and stay as they are while others follow', async () => {
      const bodies = Array.from({ length: 12 }, (_, n) => randomBytes(1 + 9_973 * n));
      const places: Place[] = [];
      for (const body of bodies) places.push(await storage.add(at, body));
      const keys = new Set((await Array.fromAsync(storage.list(at))).map(({ key }) => key));
      for (const [n, place] of places.entries()) {
        expect(keys).toContain(place.key);
        expect((await read(place, bodies[n]!)).equals(bodies[n]!)).toBe(true);
      }
    });

    it('made at once, in one folder and in others, never lie over one another', async () => {
      const bodies = Array.from({ length: 60 }, () => randomBytes(10_000));
      await storage.add(at, randomBytes(10)); // something to go on after
      const places = await Promise.all(bodies.map((body, n) => storage.add(n % 3 ? at : `${at}${n}/`, body)));
      for (const [n, place] of places.entries()) expect((await read(place, bodies[n]!)).equals(bodies[n]!)).toBe(true);
    });

    it('go with their folder, and those made afterwards are there', async () => {
      const [before, after] = [randomBytes(100), randomBytes(100)];
      const gone = await storage.add(at, before);
      expect(await storage.deletePrefix(at)).toMatchObject({ objects: 1 });
      await expect(storage.get(gone.key)).rejects.toThrow(ObjectMissing);
      const kept = await storage.add(at, after);
      expect((await read(kept, after)).equals(after)).toBe(true);
    });

    it('go with their object, and those made afterwards are there', async () => {
      const [before, after] = [randomBytes(100), randomBytes(100)];
      const gone = await storage.add(at, before);
      await storage.delete(gone.key);
      expect(await Array.fromAsync(storage.list(at))).toEqual([]);
      expect((await read(await storage.add(at, after), after)).equals(after)).toBe(true);
    });

    it.each(['', '/', 'ab', '../', 'a/../', 'a//'])('are refused in %j, which is no folder', async (folder) => {
      await expect((async () => storage.add(folder, Buffer.alloc(1)))()).rejects.toThrow(/prefix|object key/);
    });
  });
}
