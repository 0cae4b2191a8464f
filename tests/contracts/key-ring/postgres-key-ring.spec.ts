import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyEncryptionKeyMissing } from '#platform/key-ring/key-encryption-keys.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { SealBroken, SubjectErased } from '#platform/key-ring/key-ring.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { eventually } from '../../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { keyRingContract } from './key-ring.contract.js';

let database: FreshDatabase;
let directory: string;
const open: PostgresKeyRing[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'key-ring-'));
});
afterEach(async () => {
  for (const ring of open.splice(0)) await ring.close();
  await database.pool.query('TRUNCATE keys.subject_key');
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

async function ringOf(keyFile = 'keys.json', limits?: { maxAgeMs: number; maxEntries: number }) {
  const keks = await KeyFileKeyEncryptionKeys.open(join(directory, keyFile));
  const ring = new PostgresKeyRing(database.pool, keks, limits);
  open.push(ring);
  return ring;
}

keyRingContract(async () => [await ringOf(), await ringOf()]);

describe('what lies in the database', () => {
  const row = async (subject: string) =>
    (await database.pool.query('SELECT * FROM keys.subject_key WHERE subject = $1', [subject])).rows[0];

  it('is the wrapped key only, and after erasure not even that', async () => {
    const ring = await ringOf();
    const subject = randomUUID();
    const key = await ring.keyOf(subject);
    const before = await row(subject);
    expect(before.wrapped).toHaveLength(60);
    expect(before.wrapped.includes(key)).toBe(false);
    const { fingerprint } = await ring.erase(subject);
    expect(await row(subject)).toMatchObject({ wrapped: null, fingerprint, erased_at: expect.any(Date) });
  });

  it('cannot be swapped between subjects', async () => {
    const ring = await ringOf();
    const [subject, stranger] = [randomUUID(), randomUUID()];
    for (const each of [subject, stranger]) await ring.keyOf(each);
    await database.pool.query(
      `UPDATE keys.subject_key SET wrapped = (SELECT wrapped FROM keys.subject_key WHERE subject = $1) WHERE subject = $2`,
      [stranger, subject],
    );
    await expect((await ringOf()).keyOf(subject)).rejects.toThrow(SealBroken);
  });

  it('is recognised as belonging to other key-encryption keys before anything is written', async () => {
    await (await ringOf()).keyOf(randomUUID());
    await expect((await ringOf()).verify()).resolves.toBeUndefined();
    await expect((await ringOf('strange.json')).verify()).rejects.toThrow(KeyEncryptionKeyMissing);
  });
});

describe('the cache', () => {
  const forgetInDatabase = (subject: string) =>
    database.pool.query('UPDATE keys.subject_key SET wrapped = NULL, erased_at = now() WHERE subject = $1', [subject]);

  it('serves a known key without asking the database', async () => {
    const ring = await ringOf();
    const subject = randomUUID();
    const key = await ring.keyOf(subject);
    await forgetInDatabase(subject);
    expect(await ring.keyOf(subject)).toEqual(key);
  });

  it('has many keys at hand by one statement, and makes none up', async () => {
    const maker = await ringOf();
    const [a, b, erased, never] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const made = new Map<string, Buffer>();
    for (const subject of [a, b, erased]) made.set(subject, await maker.keyOf(subject));
    await maker.erase(erased);
    const ring = await ringOf();
    await ring.preload([a, b, a, erased, never]);
    for (const subject of [a, b]) await forgetInDatabase(subject);
    for (const subject of [a, b]) expect(await ring.existingKeyOf(subject)).toEqual(made.get(subject));
    await expect(ring.existingKeyOf(erased)).rejects.toThrow(SubjectErased);
    expect(await ring.existingKeyOf(never)).toBeNull();
  });

  it('forgets by age, and the least recently used by number', async () => {
    const [young, small] = [
      await ringOf('keys.json', { maxAgeMs: 0, maxEntries: 9 }),
      await ringOf('keys.json', { maxAgeMs: 1e6, maxEntries: 2 }),
    ];
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    await young.keyOf(a);
    for (const subject of [a, b, a, c]) await small.keyOf(subject);
    for (const subject of [a, b, c]) await forgetInDatabase(subject);
    await expect(young.keyOf(a)).rejects.toThrow(SubjectErased);
    await expect(small.keyOf(a)).resolves.toBeDefined();
    await expect(small.keyOf(b)).rejects.toThrow(SubjectErased);
  });

  it('is dropped with the connection that hears of erasures, and comes back with it', async () => {
    const ring = await ringOf();
    const subject = randomUUID();
    await ring.keyOf(subject);
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND starts_with(application_name, 'screendesk keys')`,
    );
    await forgetInDatabase(subject);
    await eventually(() => expect(ring.keyOf(subject)).rejects.toThrow(SubjectErased));
    const later = randomUUID();
    let key: Buffer;
    await eventually(async () => {
      key = await ring.keyOf(later);
      await database.pool.query('DELETE FROM keys.subject_key WHERE subject = $1', [later]);
      expect(await ring.existingKeyOf(later)).toEqual(key);
    });
  });
});

describe('golden vectors, made with another implementation', () => {
  const subject = '0198c0de-0000-7000-8000-000000000001';
  const hex = (text: string) => Buffer.from(text, 'hex');

  beforeEach(async () => {
    const content = {
      version: 1,
      keys: [{ id: 'kek-1', key: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=' }],
      blindIndexSecret: 'QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=',
    };
    await writeFile(join(directory, 'golden.json'), JSON.stringify(content), { mode: 0o600 });
    const wrapped = hex(
      'a0a1a2a3a4a5a6a7a8a9aaab7e3da637c0d286ada921a7b12a5078a9816ed31428a13035178bd1e2cf7bb1e7b3046f57cfe97bb45687921f62af6a71',
    );
    await database.pool.query(
      `INSERT INTO keys.subject_key (subject, wrapped, kek_id, fingerprint) VALUES ($1, $2, 'kek-1', 'f')`,
      [subject, wrapped],
    );
  });

  it('unwraps, opens, derives and indexes as ever', async () => {
    const ring = await ringOf('golden.json');
    expect(await ring.keyOf(subject)).toEqual(Buffer.from(Array.from({ length: 32 }, (_, i) => i)));
    const blob = hex(
      '0100000001a0a1a2a3a4a5a6a7a8a9aaab9d3a1f5836bf6dd20717c9b26a1fe2e452f636d339953f525ca9904ec081e048e7c571abea5e42',
    );
    const boundTo = '{"event":"e-1","subject":"s-1","type":"RecordingRequested"}';
    expect((await ring.open(subject, blob, boundTo)).toString()).toBe('{"customerName":"Zoë"}');
    expect((await ring.derive(subject, 'link-token')).toString('hex')).toBe(
      'ba3e8421c30e2e23d571c040e5d6a7c746754149a2d8c79ae650d271c7171264',
    );
    expect((await ring.blindIndex('email', 'ann@example.com')).toString('hex')).toBe(
      'b4e24b400c49be0f3a555b46f83e9e37b951244480d99a428d07bde475b0895a',
    );
  });

  it('lays a blob out as 01, key version, IV, ciphertext, tag', async () => {
    const ring = await ringOf('golden.json');
    const blob = await ring.seal(subject, randomBytes(100), 'x');
    expect(blob).toHaveLength(1 + 4 + 12 + 100 + 16);
    expect(blob.subarray(0, 5).toString('hex')).toBe('0100000001');
  });
});
