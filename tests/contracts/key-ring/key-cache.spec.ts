import { createSecretKey, randomBytes } from 'node:crypto';
import { KeyCache } from '#platform/key-ring/key-cache.js';

const key = createSecretKey(randomBytes(32));
const limits = { maxAgeMs: 1000, maxEntries: 10 };

/** A load that is answered by hand and counts its calls. */
function slowLoad() {
  const { promise, resolve } = Promise.withResolvers<typeof key | null>();
  const slow = {
    calls: 0,
    answer: resolve,
    load: async () => {
      slow.calls += 1;
      return { key: await promise, keep: true };
    },
  };
  return slow;
}

describe('the key cache', () => {
  it('does not keep a key whose erasure was heard while it was being loaded', async () => {
    const cache = new KeyCache(limits);
    const { load, answer } = slowLoad();
    const loading = cache.get('s', load);
    cache.evict('s');
    answer(key);
    expect(await loading).toBe(key);
    const again = slowLoad();
    again.answer(null);
    expect(await cache.get('s', again.load)).toBeNull();
  });

  it('shares one load between those who ask at once', async () => {
    const cache = new KeyCache(limits);
    const slow = slowLoad();
    const both = Promise.all([cache.get('s', slow.load), cache.get('s', slow.load)]);
    slow.answer(key);
    expect(await both).toEqual([key, key]);
    expect(slow.calls).toBe(1);
  });

  it('asks again when the load it joined found nothing: the key may have been made since', async () => {
    const cache = new KeyCache(limits);
    const early = slowLoad();
    const first = cache.get('s', early.load);
    const second = cache.get('s', async () => ({ key, keep: true }));
    early.answer(null);
    expect(await first).toBeNull();
    expect(await second).toBe(key);
  });

  it('keeps what was loaded together, but for what was erased meanwhile, and leaves a failure to whoever asks', async () => {
    const cache = new KeyCache(limits);
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = { keys: new Map(['a', 'b'].map((subject) => [subject, key])), keep: true };
    const loading = cache.preload(['a', 'b', 'c'], () => promise.then(() => all));
    const shared = cache.get('a', () => Promise.reject(new Error('asked twice')));
    cache.evict('b');
    resolve();
    await loading;
    expect(await shared).toBe(key);
    const found = slowLoad();
    found.answer(key);
    for (const subject of ['a', 'b', 'c']) await cache.get(subject, found.load);
    expect(found.calls).toBe(2); // of b, which was erased, and of c, which was not found
    await cache.preload(['d'], () => Promise.reject(new Error('down')));
    expect(await cache.get('d', found.load)).toBe(key);
  });

  it('counts a key’s age from before it was loaded, however often it is used', async () => {
    let now = 1;
    const cache = new KeyCache(limits, () => now);
    const slow = slowLoad();
    slow.answer(key);
    for (now of [1, 400, 800, 999]) await cache.get('s', slow.load);
    expect(slow.calls).toBe(1);
    now = 1002;
    await cache.get('s', slow.load);
    expect(slow.calls).toBe(2);
  });

  it('passes a failure on and forgets it', async () => {
    const cache = new KeyCache(limits);
    await expect(cache.get('s', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cache.get('s', async () => ({ key, keep: true }))).toBe(key);
  });
});
