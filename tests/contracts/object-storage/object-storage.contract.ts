import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ObjectMissing, RangeOutside, type ObjectStorage } from '#platform/object-storage/object-storage.js';
import { additionsContract } from './additions.contract.js';

export interface StorageUnderTest {
  readonly storage: ObjectStorage;
  /** How many unfinished writes lie around: temporary files, multipart uploads. */
  leftovers(): Promise<number>;
  /** The most entries that it lists at once, where it lists by pages. */
  readonly page?: number;
}

/** What every object storage must do. Each test works under a prefix of its own. */
export function objectStorageContract(open: () => StorageUnderTest): void {
  let storage: ObjectStorage;
  let at: string;
  beforeEach(() => {
    storage = open().storage;
    at = `t/${randomUUID()}/`;
  });
  const keys = async (prefix: string) => (await Array.fromAsync(storage.list(prefix))).map(({ key }) => key);
  const read = async (key: string, start?: number, end?: number) =>
    buffer(await storage.get(key, start === undefined ? undefined : { start, end: end! }));

  additionsContract(() => open().storage);

  describe('one object', () => {
    it('comes back as it was put, with its size', async () => {
      const body = randomBytes(100_000);
      await storage.put(`${at}a`, body);
      expect((await read(`${at}a`)).equals(body)).toBe(true);
      expect(await storage.head(`${at}a`)).toEqual({ key: `${at}a`, size: 100_000 });
    });

    it('may be empty', async () => {
      await storage.put(`${at}put`, Buffer.alloc(0));
      expect(await storage.putStream(`${at}stream`, Readable.from([]))).toBe(0);
      for (const name of ['put', 'stream']) {
        expect(await read(at + name)).toHaveLength(0);
        expect(await storage.head(at + name)).toEqual({ key: at + name, size: 0 });
      }
    });

    it('is replaced whole by a second put', async () => {
      await storage.put(`${at}a`, Buffer.from('a long first body'));
      await storage.put(`${at}a`, Buffer.from('second'));
      expect((await read(`${at}a`)).toString()).toBe('second');
      expect(await keys(at)).toEqual([`${at}a`]);
    });

    it('stays readable to the end by whoever began before it was replaced', async () => {
      const [first, second] = [randomBytes(2_000_000), randomBytes(10)];
      await storage.put(`${at}a`, first);
      const reading = await storage.get(`${at}a`);
      await storage.put(`${at}a`, second);
      expect((await buffer(reading)).equals(first)).toBe(true);
      expect((await read(`${at}a`)).equals(second)).toBe(true);
    });

    it('is missing before it was put and after it was deleted', async () => {
      const missing = async () => {
        await expect(storage.get(`${at}a`)).rejects.toThrow(ObjectMissing);
        await expect(storage.get(`${at}a`, { start: 0, end: 0 })).rejects.toThrow(ObjectMissing);
        expect(await storage.head(`${at}a`)).toBeNull();
      };
      await missing();
      await storage.put(`${at}a`, Buffer.from('x'));
      await storage.delete(`${at}a`);
      await missing();
      await storage.delete(`${at}a`);
    });

    it('is not touched by deleting one whose key begins alike', async () => {
      for (const name of ['a', 'ab', 'a/b']) await storage.put(at + name, Buffer.from(name));
      await storage.delete(`${at}a`);
      expect(await keys(at)).toEqual([`${at}a/b`, `${at}ab`]);
    });
  });

  describe('a range', () => {
    it('is cut as in HTTP: both ends count, and an end beyond the object is its end', async () => {
      await storage.put(`${at}a`, Buffer.from('0123456789'));
      expect((await read(`${at}a`, 0, 0)).toString()).toBe('0');
      expect((await read(`${at}a`, 3, 5)).toString()).toBe('345');
      expect((await read(`${at}a`, 9, 9)).toString()).toBe('9');
      expect((await read(`${at}a`, 7, 1000)).toString()).toBe('789');
      expect((await read(`${at}a`, 7, Number.MAX_SAFE_INTEGER)).toString()).toBe('789');
    });

    it('outside the object, or backwards, is refused before a stream is handed out', async () => {
      await storage.put(`${at}a`, Buffer.from('0123456789'));
      await storage.put(`${at}empty`, Buffer.alloc(0));
      for (const [start, end] of [
        [10, 10],
        [11, 20],
        [-1, 3],
        [5, 4],
        [0.5, 3],
        [NaN, 3],
      ] as const)
        await expect(storage.get(`${at}a`, { start, end })).rejects.toThrow(RangeOutside);
      await expect(storage.get(`${at}empty`, { start: 0, end: 0 })).rejects.toThrow(RangeOutside);
    });
  });

  describe('a stream', () => {
    it('of many megabytes, in odd pieces, comes back byte for byte', async () => {
      const digest = createHash('sha256');
      async function* body() {
        for (let i = 0; i < 230; i++) {
          const piece = randomBytes(i % 3 ? 100_003 : 1);
          digest.update(piece);
          yield piece;
        }
      }
      const size = await storage.putStream(`${at}a`, Readable.from(body()));
      const back = createHash('sha256');
      for await (const piece of await storage.get(`${at}a`)) back.update(piece as Buffer);
      expect(back.digest('hex')).toBe(digest.digest('hex'));
      expect(await storage.head(`${at}a`)).toEqual({ key: `${at}a`, size });
    });

    it.each([0, 1, 100_000, 12_000_000])('that fails after %i bytes leaves nothing behind', async (length) => {
      const before = await open().leftovers();
      async function* body() {
        for (let sent = 0; sent < length; sent += 50_000) yield randomBytes(Math.min(50_000, length - sent));
        throw new Error('the customer left');
      }
      await expect(storage.putStream(`${at}a`, Readable.from(body()))).rejects.toThrow('the customer left');
      expect(await storage.head(`${at}a`)).toBeNull();
      expect(await open().leftovers()).toBe(before);
    });

    it('that fails leaves what was there before', async () => {
      await storage.put(`${at}a`, Buffer.from('old'));
      const failing = Readable.from(
        (async function* () {
          yield Buffer.from('new');
          throw new Error('cut');
        })(),
      );
      await expect(storage.putStream(`${at}a`, failing)).rejects.toThrow('cut');
      expect((await read(`${at}a`)).toString()).toBe('old');
    });

    it('is destroyed when it could not be stored', async () => {
      const body = Readable.from([randomBytes(10)]);
      await expect(storage.putStream('../x', body)).rejects.toThrow('Not an object key');
      expect(body.destroyed).toBe(true);
    });

    it('given up half-way by its reader frees the connection or file', async () => {
      await storage.put(`${at}a`, randomBytes(1_000_000));
      for (let i = 0; i < 60; i++) {
        const stream = await storage.get(`${at}a`);
        if (i % 2) await stream[Symbol.asyncIterator]().next();
        stream.destroy();
      }
      expect(await read(`${at}a`, 0, 9)).toHaveLength(10);
    });
  });

  describe('many objects', () => {
    it('are listed in the order of their keys, under any beginning of a key', async () => {
      const names = ['a', 'a-b', 'a.b', 'a/', 'a/b', 'a/b/c', 'a0', 'a:b', 'a_b', 'b'].filter((n) => !n.endsWith('/'));
      await Promise.all(names.map((name) => storage.put(at + name, Buffer.from(name))));
      expect(await keys(at)).toEqual(names.map((name) => at + name));
      expect(await keys(`${at}a/`)).toEqual([`${at}a/b`, `${at}a/b/c`]);
      expect(await keys(`${at}a/b`)).toEqual([`${at}a/b`, `${at}a/b/c`]);
      expect(await keys(`${at}b/`)).toEqual([]);
      expect(await keys(`${at}nowhere/at/all`)).toEqual([]);
      expect(await Array.fromAsync(storage.list(`${at}a:`))).toEqual([{ key: `${at}a:b`, size: 3 }]);
    });

    it('more than a page of them are listed and deleted to the last', async () => {
      const many = Math.ceil((open().page ?? 100) * 2.1);
      const names = Array.from({ length: many }, (_, i) => `${at}page/${String(i).padStart(5, '0')}`);
      await inBatches(names, (key) => storage.put(key, Buffer.from('x')));
      expect(await keys(`${at}page/`)).toEqual(names);
      expect(await storage.count(`${at}page/`)).toEqual({ objects: many, versions: many });
      expect(await storage.deletePrefix(`${at}page/`)).toEqual({ objects: many, versions: many });
      expect(await keys(at)).toEqual([]);
    });

    it('go with their prefix, and only they; replaced ones count once', async () => {
      for (const name of ['rec/a', 'rec/b/c', 'rec/a', 'record/a', 'rec'])
        await storage.put(at + name, Buffer.from(name));
      expect(await storage.count(`${at}rec/`)).toMatchObject({ objects: 2 });
      expect(await storage.deletePrefix(`${at}rec/`)).toMatchObject({ objects: 2 });
      expect(await keys(at)).toEqual([`${at}rec`, `${at}record/a`]);
      expect(await storage.deletePrefix(`${at}rec/`)).toEqual({ objects: 0, versions: 0 });
      expect(await storage.count(`${at}rec/`)).toEqual({ objects: 0, versions: 0 });
    });

    it('put while their prefix is deleted again and again are either gone or whole', async () => {
      const body = randomBytes(1000);
      const names = Array.from({ length: 100 }, (_, i) => `${at}d/${i % 7}/${i}`);
      let done = false;
      const puts = inBatches(names, (key) => storage.put(key, body)).finally(() => (done = true));
      const deleting = async () => {
        while (!done) await storage.deletePrefix(`${at}d/`);
      };
      await Promise.all([puts, deleting(), deleting()]);
      for (const key of await keys(`${at}d/`)) expect((await read(key)).equals(body)).toBe(true);
      await storage.deletePrefix(`${at}d/`);
      expect(await keys(at)).toEqual([]);
    });

    it('put at once under one key end as exactly one of them, whole', async () => {
      const bodies = Array.from({ length: 12 }, (_, i) => Buffer.alloc(50_000 + i, i));
      await Promise.all(
        bodies.map((body, i) =>
          i % 2 ? storage.put(`${at}a`, body) : storage.putStream(`${at}a`, Readable.from([body])),
        ),
      );
      const winner = await read(`${at}a`);
      expect(bodies.some((body) => body.equals(winner))).toBe(true);
    });
  });

  it.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    '../a',
    'a/../b',
    'a/.',
    '.',
    'A',
    'a b',
    'ä',
    'a\0',
    'a\\b',
    'a%2f',
    'x'.repeat(129),
    `${'a/'.repeat(300)}a`,
  ])('refuses the key %j everywhere', async (key) => {
    const message = /Not an object key/;
    await expect((async () => storage.put(key, Buffer.alloc(1)))()).rejects.toThrow(message);
    await expect((async () => storage.putStream(key, Readable.from([])))()).rejects.toThrow(message);
    await expect((async () => storage.get(key))()).rejects.toThrow(message);
    await expect((async () => storage.head(key))()).rejects.toThrow(message);
    await expect((async () => storage.delete(key))()).rejects.toThrow(message);
  });

  it('deletes no prefix that could reach into a longer name, or everything', async () => {
    for (const prefix of ['', '/', 'ab', 'a/bc', '../', 'a/../', 'a//'])
      await expect((async () => storage.deletePrefix(prefix))()).rejects.toThrow(/prefix|object key/);
  });
}

async function inBatches<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (queue.length) await act(queue.shift()!);
    }),
  );
}
