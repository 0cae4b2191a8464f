import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { SealBroken, SubjectErased, type KeyRing } from '#platform/key-ring/key-ring.js';

/** What every key ring must do. `two` gives two rings, as in two processes, over the same keys. */
export function keyRingContract(two: () => Promise<readonly [KeyRing, KeyRing]>): void {
  const words = Buffer.from('Zoë’s screen');
  let ring: KeyRing;
  let other: KeyRing;
  beforeEach(async () => {
    [ring, other] = await two();
  });

  describe('sealing', () => {
    it('opens in another process what was sealed here', async () => {
      const subject = randomUUID();
      const blob = await ring.seal(subject, words, 'event-1');
      expect(await other.open(subject, blob, 'event-1')).toEqual(words);
    });

    it('seals nothing at all, and a megabyte', async () => {
      const subject = randomUUID();
      for (const plaintext of [Buffer.alloc(0), randomBytes(1 << 20)])
        expect((await ring.open(subject, await ring.seal(subject, plaintext, ''), '')).equals(plaintext)).toBe(true);
    });

    it('never makes the same blob twice, and shows nothing of the words', async () => {
      const subject = randomUUID();
      const blobs = await Promise.all([1, 2].map(() => ring.seal(subject, words, '')));
      expect(blobs[0]).not.toEqual(blobs[1]);
      expect(blobs[0]!.includes('Zoë')).toBe(false);
    });

    it('gives concurrent first callers in two processes one and the same key', async () => {
      const subject = randomUUID();
      const rings = Array.from({ length: 40 }, (_, i) => (i % 2 ? ring : other));
      const keys = await Promise.all(rings.map((each) => each.keyOf(subject)));
      expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    });
  });

  describe('tampering', () => {
    it('refuses a blob with any one bit turned, cut at any place, or lengthened', async () => {
      const subject = randomUUID();
      const blob = await ring.seal(subject, words, 'a');
      const altered = Array.from(blob.keys(), (i) => {
        const copy = Buffer.from(blob);
        copy[i]! ^= 1 << (i % 8);
        return copy;
      });
      const cut = Array.from(blob.keys(), (i) => blob.subarray(0, i));
      for (const bad of [...altered, ...cut, Buffer.concat([blob, Buffer.from([0])])])
        await expect(ring.open(subject, bad, 'a')).rejects.toThrow(SealBroken);
    });

    it('refuses a blob moved to another event, or to another subject', async () => {
      const [subject, stranger] = [randomUUID(), randomUUID()];
      const blob = await ring.seal(subject, words, 'a');
      await ring.seal(stranger, words, 'a');
      await expect(ring.open(subject, blob, 'b')).rejects.toThrow(SealBroken);
      await expect(ring.open(stranger, blob, 'a')).rejects.toThrow(SealBroken);
    });

    it('makes no key by reading', async () => {
      const subject = randomUUID();
      expect(await ring.existingKeyOf(subject)).toBeNull();
      await expect(ring.open(subject, Buffer.alloc(64), '')).rejects.toThrow(SealBroken);
      expect(await ring.existingKeyOf(subject)).toBeNull();
      expect(await ring.existingKeyOf(subject)).toBeNull();
      const key = await ring.keyOf(subject);
      expect(await other.existingKeyOf(subject)).toEqual(key);
    });

    it('refuses a subject that is not a lower-case UUID', async () => {
      for (const subject of ['', 'ann@example.com', randomUUID().toUpperCase()])
        await expect(ring.seal(subject, words, '')).rejects.toThrow('UUID');
    });
  });

  describe('erasing', () => {
    it('destroys the key in both processes, though both had it at hand', async () => {
      const subject = randomUUID();
      const blob = await ring.seal(subject, words, '');
      await other.open(subject, blob, '');
      const { fingerprint } = await ring.erase(subject);
      expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
      await expect(ring.open(subject, blob, '')).rejects.toThrow(SubjectErased);
      await eventually(() => expect(other.open(subject, blob, '')).rejects.toThrow(SubjectErased));
      await eventually(() => expect(other.keyOf(subject)).rejects.toThrow(SubjectErased));
    });

    it('never gives an erased subject a new key', async () => {
      const [subject, unheardOf] = [randomUUID(), randomUUID()];
      await ring.seal(subject, words, '');
      await ring.erase(subject);
      expect(await ring.erase(unheardOf)).toEqual({ fingerprint: null });
      for (const gone of [subject, unheardOf]) {
        await expect(ring.seal(gone, words, '')).rejects.toThrow(SubjectErased);
        await expect(ring.derive(gone, 'x')).rejects.toThrow(SubjectErased);
        await expect(other.existingKeyOf(gone)).rejects.toThrow(SubjectErased);
        expect(await other.isErased(gone)).toBe(true);
      }
    });

    it('tells the same fingerprint however often, by whomever', async () => {
      const subject = randomUUID();
      await ring.keyOf(subject);
      const erasures = await Promise.all([ring, other, ring].map((each) => each.erase(subject)));
      expect(new Set(erasures.map(({ fingerprint }) => fingerprint)).size).toBe(1);
      expect(erasures[0]!.fingerprint).not.toBeNull();
    });

    it('leaves every other subject alone', async () => {
      const [subject, neighbour] = [randomUUID(), randomUUID()];
      const blob = await ring.seal(neighbour, words, '');
      await ring.keyOf(subject);
      await ring.erase(subject);
      expect(await ring.isErased(neighbour)).toBe(false);
      expect(await ring.open(neighbour, blob, '')).toEqual(words);
    });

    it('wins over everyone who seals at the same time', async () => {
      const subject = randomUUID();
      const sealed: Buffer[] = [];
      const sealers = [ring, other, ring, other].map(async (each) => {
        // A cached key never waits for anything, so the turn is passed on by hand.
        for (; ; await setImmediate()) sealed.push(await each.seal(subject, words, ''));
      });
      const ends = Promise.allSettled(sealers);
      await eventually(async () => expect(sealed.length).toBeGreaterThan(20));
      await ring.erase(subject);
      for (const end of await ends) expect(end).toMatchObject({ reason: expect.any(SubjectErased) });
      for (const blob of sealed.slice(-5)) await expect(other.open(subject, blob, '')).rejects.toThrow(SubjectErased);
    });
  });

  describe('deriving', () => {
    it('gives the same bytes for the same subject and label, others for others', async () => {
      const [subject, stranger] = [randomUUID(), randomUUID()];
      const bytes = await ring.derive(subject, 'link');
      expect(bytes).toHaveLength(32);
      expect(await other.derive(subject, 'link')).toEqual(bytes);
      expect(await ring.derive(subject, 'links')).not.toEqual(bytes);
      expect(await ring.derive(stranger, 'link')).not.toEqual(bytes);
    });

    it('indexes values blindly, apart for each purpose', async () => {
      const index = await ring.blindIndex('email', 'ann@example.com');
      expect(await other.blindIndex('email', 'ann@example.com')).toEqual(index);
      expect(await ring.blindIndex('email', 'bob@example.com')).not.toEqual(index);
      expect(await ring.blindIndex('slug', 'ann@example.com')).not.toEqual(index);
    });
  });
}
