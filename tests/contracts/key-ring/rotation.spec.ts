import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyEncryptionKeyMissing, type KeyEncryptionKeys } from '#platform/key-ring/key-encryption-keys.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { KeyRotation } from '#platform/key-ring/rotation.js';
import { eventually } from '../../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';

const DAY_MS = 24 * 60 * 60_000;

let database: FreshDatabase;
let directory: string;
let path: string;
const running: PostgresKeyRing[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'rotation-'));
  path = join(directory, 'keys.json');
});
afterEach(async () => {
  for (const ring of running.splice(0)) await ring.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

const keksOf = (file = path) => KeyFileKeyEncryptionKeys.open(file);

/** A process of its own, as far as keys go. */
async function start(file = path): Promise<PostgresKeyRing> {
  const ring = new PostgresKeyRing(database.pool, await keksOf(file));
  running.push(ring);
  await ring.verify();
  return ring;
}

const content = async () => JSON.parse(await readFile(path, 'utf8'));
const keyIds = async () => (await content()).keys.map(({ id }: { id: string }) => id);
const wrappedBy = async () =>
  (await database.pool.query('SELECT DISTINCT kek_id FROM keys.subject_key WHERE wrapped IS NOT NULL')).rows.map(
    ({ kek_id }) => kek_id,
  );
const rowOf = async (subject: string) =>
  (await database.pool.query('SELECT * FROM keys.subject_key WHERE subject = $1', [subject])).rows[0];

/** Seals something for each of many subjects. @returns what proves that a process can open all of it */
async function sealSome(ring: PostgresKeyRing, count = 12): Promise<(by: PostgresKeyRing) => Promise<void>> {
  const subjects = Array.from({ length: count }, () => randomUUID());
  const sealed = await Promise.all(subjects.map((subject) => ring.seal(subject, Buffer.from(subject), 'x')));
  return async (by) => {
    for (const [n, subject] of subjects.entries())
      expect(String(await by.open(subject, sealed[n]!, 'x'))).toBe(subject);
  };
}

it('wraps all keys anew, destroys the old one, and keeps everything readable in every process', async () => {
  const [here, there] = [await start(), await start()];
  const allOpenBy = await sealSome(here, 1100); // more than are wrapped at a time
  const [old] = await keyIds();
  const { subject, ...before } = (await database.pool.query('SELECT * FROM keys.subject_key LIMIT 1')).rows[0];
  expect(await here.rotate()).toEqual({ rewrapped: 1100, destroyed: 1 });
  const [only, ...others] = await keyIds();
  expect([only === old, others]).toEqual([false, []]);
  expect(await wrappedBy()).toEqual([only]);
  for (const ring of [here, there, await start()]) await allOpenBy(ring);
  const context = `screendesk/v1/subject-key/${subject}`;
  const wrapped = { kekId: before.kek_id, wrapped: before.wrapped };
  await expect((await keksOf()).unwrap(wrapped, context)).rejects.toThrow(KeyEncryptionKeyMissing);
});

it('makes a new key only when the current one is old enough', async () => {
  const ring = await start();
  const ids = await keyIds();
  expect(await ring.rotate(DAY_MS)).toEqual({ rewrapped: 0, destroyed: 0 });
  expect(await keyIds()).toEqual(ids);
  const tomorrow = { now: () => new Date(Date.now() + DAY_MS) };
  expect(await new KeyRotation(database.pool, await keksOf(), tomorrow).run(DAY_MS)).toMatchObject({ destroyed: 1 });
});

/** Keys whose process dies at a certain step. */
function dying(keks: KeyEncryptionKeys, step: keyof KeyEncryptionKeys, when: 'before' | 'after'): KeyEncryptionKeys {
  const act = async (...args: unknown[]) => {
    if (when === 'after') await (keks[step] as (...args: unknown[]) => Promise<unknown>)(...args);
    throw new Error('died');
  };
  return new Proxy(keks, {
    get: (target, name) => {
      const found = Reflect.get(target, name);
      return name === step ? act : typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

it.each([
  ['before', 'introduce'],
  ['after', 'introduce'],
  ['before', 'promote'],
  ['after', 'promote'],
  ['before', 'wrap'],
  ['before', 'destroy'],
  ['after', 'destroy'],
] as const)('goes on where one that died %s %s had come, and nothing is unreadable in between', async (when, step) => {
  const ring = await start();
  const allOpenBy = await sealSome(ring);
  const [old] = await keyIds();
  const cut = new KeyRotation(database.pool, dying(await keksOf(), step, when));
  await expect(cut.run()).rejects.toThrow('died');
  await allOpenBy(await start());
  const meanwhile = await sealSome(await start());
  await ring.rotate(when === 'before' && step === 'introduce' ? 0 : DAY_MS);
  const ids = await keyIds();
  expect(ids).toHaveLength(1);
  expect(ids).not.toContain(old);
  const fresh = await start();
  for (const open of [allOpenBy, meanwhile]) await open(fresh);
});

it('is done by one process at a time', async () => {
  const rings = await Promise.all([start(), start(), start()]);
  const allOpenBy = await sealSome(rings[0]!);
  const done = await Promise.all(rings.map((ring) => ring.rotate()));
  expect(done.some((one) => one?.destroyed)).toBe(true);
  expect(await keyIds()).toHaveLength(1);
  for (const ring of rings) await allOpenBy(ring);
});

it('loses no key that is made while it runs', async () => {
  const rings = [await start(), await start()];
  let going = true;
  const made: ((by: PostgresKeyRing) => Promise<void>)[] = [];
  const makers = rings.map(async (ring) => {
    while (going) made.push(await sealSome(ring, 5));
  });
  for (let n = 0; n < 4; n++) await rings[0]!.rotate();
  going = false;
  await Promise.all(makers);
  const fresh = await start();
  for (const allOpenBy of made) await allOpenBy(fresh);
  expect(made.length).toBeGreaterThan(4);
  expect(await wrappedBy()).toEqual(expect.arrayContaining(await keyIds()));
});

it('does not bring back a key that is erased while it is being wrapped anew', async () => {
  const ring = await start();
  const subject = randomUUID();
  await ring.keyOf(subject);
  const keks = await keksOf();
  const { wrap } = keks;
  keks.wrap = async (...args) => {
    await ring.erase(subject);
    return wrap.apply(keks, args);
  };
  await new KeyRotation(database.pool, keks).run();
  expect(await rowOf(subject)).toMatchObject({ wrapped: null, erased_at: expect.any(Date) });
});

it('does nothing beside a program from before there were rotations, and says so', async () => {
  const ring = await start();
  const allOpenBy = await sealSome(ring);
  const before = await content();
  const old = await database.pool.connect();
  await old.query('LISTEN keys_erased');
  await expect(ring.rotate()).rejects.toThrow('1 processes of an older program run');
  expect(await content()).toEqual(before);
  old.release(true);
  await eventually(async () => expect(await ring.rotate()).toMatchObject({ destroyed: 1 }));
  await allOpenBy(ring);
});

it('does nothing while a process reads another key file, and says so', async () => {
  const ring = await start();
  const allOpenBy = await sealSome(ring);
  await copyFile(path, join(directory, 'copy.json'));
  const elsewhere = await start(join(directory, 'copy.json'));
  const old = (await keyIds()).at(-1);
  const rotation = new KeyRotation(database.pool, await keksOf(), { agreeWithinMs: 300 });
  await expect(rotation.run()).rejects.toThrow('1 of the running processes read another key file');
  await allOpenBy(elsewhere);
  await (
    await sealSome(ring)
  )(elsewhere);
  expect((await keyIds()).at(-1)).toBe(old);
  await elsewhere.close();
  await eventually(async () => expect(await rotation.run(DAY_MS)).toMatchObject({ destroyed: 1 }));
});

it('lets nobody wrap by a retired key: neither a process that heard nothing nor a program that knows of no rotation', async () => {
  const [ring, deaf] = [await start(), await start()];
  await deaf.close(); // goes on without news
  const [old] = await keyIds();
  await sealSome(ring);
  await ring.rotate();
  await (
    await sealSome(deaf)
  )(await start());
  expect(await wrappedBy()).toEqual(await keyIds());
  const insert = `INSERT INTO keys.subject_key (subject, wrapped, kek_id, fingerprint) VALUES ($1, '\\x00', $2, 'f')`;
  await expect(database.pool.query(insert, [randomUUID(), old])).rejects.toThrow('is retired');
});

it('leaves no old key in the bytes of the file it replaced, nor in what a crash left beside it', async () => {
  const ring = await start();
  const [{ key }] = (await content()).keys;
  const leftover = join(directory, `keys.json.${randomUUID()}.tmp`);
  await copyFile(path, leftover);
  const [replaced, left] = [await open(path), await open(leftover)]; // what lies on the disk, whatever it is called
  await ring.rotate();
  for (const file of [replaced, left]) {
    expect(String(await file.readFile())).not.toContain(key);
    await file.close();
  }
  expect(await readdir(directory)).toEqual(['keys.json']);
});

describe('signatures', () => {
  const isGood = async (ring: PostgresKeyRing, signature: string) => ring.isSignature('a purpose', 'text', signature);

  it('are for their purpose and their text alone', async () => {
    const ring = await start();
    const signature = await ring.sign('a purpose', 'text');
    expect(await isGood(ring, signature)).toBe(true);
    expect(await ring.isSignature('another', 'text', signature)).toBe(false);
    expect(await ring.isSignature('a purpose', 'texts', signature)).toBe(false);
    const [version, mac] = signature.split('.');
    for (const wrong of [
      '',
      '.',
      mac!,
      `${version}.`,
      `9.${mac}`,
      `0.${mac}`,
      `${signature}A`,
      `0${signature}`,
      `-1.${mac}`,
    ])
      expect(await isGood(ring, wrong)).toBe(false);
  });

  it('stay good through the rotations of two days, in every process, and are worth nothing after', async () => {
    const [ring, other] = [await start(), await start()];
    const first = await ring.sign('a purpose', 'text');
    await ring.rotate();
    const second = await ring.sign('a purpose', 'text');
    expect(second).not.toBe(first);
    for (const signature of [first, second]) expect(await isGood(other, signature)).toBe(true);
    const later = { now: () => new Date(Date.now() + 2 * DAY_MS + 1000) };
    await new KeyRotation(database.pool, await keksOf(), later).run();
    await eventually(async () => expect(await isGood(other, first)).toBe(false));
    expect(await isGood(other, second)).toBe(true);
  });

  it('of before there were versions stay good until the second rotation after', async () => {
    await start();
    const { signing, ...old } = await content();
    expect(signing).toHaveLength(1);
    const keys = old.keys.map(({ id, key }: { id: string; key: string }) => ({ id, key }));
    await writeFile(path, JSON.stringify({ ...old, keys }));
    for (const ring of running.splice(0)) await ring.close();
    const ring = await start();
    const before = (await ring.blindIndex('a purpose', 'text')).toString('base64url');
    expect(await ring.sign('a purpose', 'text')).toBe(before); // as programs from then read it
    expect(await Promise.all([before, `0.${before}`].map((one) => isGood(ring, one)))).toEqual([true, false]);
    await ring.rotate(DAY_MS); // keys that do not say their age are old
    expect(await isGood(ring, before)).toBe(true);
    expect(await ring.sign('a purpose', 'text')).toMatch(/^1\./);
    const later = { now: () => new Date(Date.now() + 2 * DAY_MS + 1000) };
    await new KeyRotation(database.pool, await keksOf(), later).run();
    await eventually(async () => expect(await isGood(ring, before)).toBe(false));
  });
});
