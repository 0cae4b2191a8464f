import { createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { decrypt } from '#platform/key-ring/aead.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { contextOf } from '#platform/key-ring/subject-keys.js';
import { eventually } from '../support/eventually.js';
import { WholeApp } from '../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');

let directory: string;
let postgres: EmbeddedPostgres;
let app: WholeApp;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-raw-'));
  await chmod(directory, 0o755);
  postgres = await startEmbeddedPostgres(directory);
  app = await WholeApp.start({ DATABASE_URL: postgres.url });
}, 90_000);

afterAll(async () => {
  await app.stop();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

async function filesIn(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
}

/** Everything that PostgreSQL has on the disk: table pages, those of indexes, WAL. */
const rawFiles = () => filesIn(join(directory, 'cluster'));

/** Every key of 32 bytes in any file beside the data, whatever the file is for. */
async function keysOnDisk(): Promise<Buffer[]> {
  const names = (await readdir(app.directory)).filter((name) => name.startsWith('data.'));
  const texts = await Promise.all(names.map((name) => readFile(join(app.directory, name), 'latin1')));
  const found = texts.flatMap((text) => text.match(/[A-Za-z0-9+/]{43}=/g) ?? []);
  return [...new Set(found)].map((text) => Buffer.from(text, 'base64'));
}

/** A row of keys.subject_key as PostgreSQL writes it: subject, 60 wrapped bytes, the id of what wrapped them. */
const [WRAPPED_LENGTH, KEK_ID_LENGTH] = [60, 36];
const shortHeader = (length: number) => ((length + 1) << 1) | 1;

/** The subjects' keys that open from these files with these keys, by subject. */
function openedKeys(files: readonly Buffer[], keks: readonly Buffer[]): Map<string, Buffer> {
  const opened = new Map<string, Buffer>();
  for (const file of files) {
    for (
      let at = file.indexOf(shortHeader(WRAPPED_LENGTH));
      at >= 0;
      at = file.indexOf(shortHeader(WRAPPED_LENGTH), at + 1)
    ) {
      const end = at + 1 + WRAPPED_LENGTH;
      if (at < 16 || file[end] !== shortHeader(KEK_ID_LENGTH)) continue;
      const hex = file.subarray(at - 16, at).toString('hex');
      const subject = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      for (const kek of keks) {
        try {
          opened.set(subject, decrypt(kek, file.subarray(at + 1, end), contextOf(subject)));
        } catch {
          // Not by this one.
        }
      }
    }
  }
  return opened;
}

const SEALED = Buffer.from([0x01, 0, 0, 0, 1]);
const LONGEST = 4096;

/** What comes out of everything that looks sealed: without a look at its tag, so that additional data need not be known. */
function wordsFrom(files: readonly Buffer[], keys: readonly Buffer[]): string {
  const words: Buffer[] = [];
  for (const file of files) {
    for (let at = file.indexOf(SEALED); at >= 0; at = file.indexOf(SEALED, at + 1)) {
      const box = file.subarray(at + SEALED.length, at + SEALED.length + LONGEST);
      for (const key of keys)
        words.push(createDecipheriv('aes-256-gcm', key, box.subarray(0, 12)).update(box.subarray(12)));
    }
  }
  return Buffer.concat(words).toString('latin1');
}

it('opens nothing that was erased, from any byte on the disk with any key there is, once the keys were rotated', async () => {
  const pool = openPool(postgres.url, 1);
  const customerName = `Wilhelmina-${randomBytes(6).toString('hex')}`;
  const { admin } = await app.workspace();
  const { body: erased } = await admin.post('recording-requests', { customerName }).expect(201);
  const { body: kept } = await admin.post('recording-requests', { customerName: 'Somebody else' }).expect(201);
  const recording = await (await app.customer(erased.link)).record(VIDEO);
  await eventually(() => admin.get(`recordings/${recording}`).expect(200));
  await admin.delete(`recordings/${recording}`).expect(202);
  await eventually(async () => expect(await app.get(KeyRing).isErased(erased.id)).toBe(true));
  await pool.query('CHECKPOINT');

  const before = openedKeys(await rawFiles(), await keysOnDisk());
  expect([...before.keys()]).toEqual(expect.arrayContaining([erased.id, kept.id])); // the erased one still opens
  expect(wordsFrom(await rawFiles(), [before.get(erased.id)!])).toContain(customerName);

  await app.get(KeyRing).rotate();
  await pool.query('CHECKPOINT'); // no VACUUM: the bytes are as they were
  const files = await rawFiles();
  const after = openedKeys(files, await keysOnDisk());
  expect(after.has(kept.id)).toBe(true);
  expect(after.has(erased.id)).toBe(false);
  expect(files.some((file) => file.includes(Buffer.from(erased.id.replaceAll('-', ''), 'hex')))).toBe(true);
  expect(wordsFrom(files, [...after.values(), ...(await keysOnDisk())])).not.toContain(customerName);
  await pool.end();
}, 60_000);
