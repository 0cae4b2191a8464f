import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DiskFolders } from '#platform/object-storage/disk-folders.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { GrowingFiles } from '#platform/object-storage/growing-files.js';
import { eventually } from '../../support/eventually.js';
import { openFilesIn } from '../../support/open-files.js';

let directory: string;
let folder: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'growing-files-'));
  folder = join(directory, 'objects', 'upload');
});
afterEach(() => rm(directory, { recursive: true }));
/** Sooner than the garbage collector would close what was forgotten. */
const leavesOpen = (count: number) => eventually(async () => expect(await openFilesIn(directory)).toBe(count), 1_000);
/** The folder is its own disk here. */
const MARKED = { prove: async () => undefined };
const growing = (patienceMs?: number) =>
  new GrowingFiles(new DiskFolders(join(directory, 'objects'), MARKED), patienceMs);

it('puts one addition after the other into one file that only its own user may read', async () => {
  const files = growing();
  const bodies = [randomBytes(100), randomBytes(70_000), randomBytes(1)];
  const places = [];
  for (const body of bodies) places.push(await files.add(folder, body));
  expect(places.map(({ start }) => start)).toEqual([0, 100, 70_100]);
  expect(new Set(places.map(({ name }) => name)).size).toBe(1);
  const [entry, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect((await readFile(join(folder, entry!))).equals(Buffer.concat(bodies))).toBe(true);
  expect((await stat(join(folder, entry!))).mode & 0o777).toBe(0o600);
  files.forget(folder);
});

it('keeps what is added after another process deleted the folder', async () => {
  const [here, elsewhere] = [await DiskObjectStorage.open(directory), await DiskObjectStorage.open(directory)];
  await here.add('upload/', randomBytes(10));
  await elsewhere.deletePrefix('upload/');
  const { key, start } = await here.add('upload/', Buffer.from('kept'));
  expect(await text(await elsewhere.get(key, { start, end: start + 3 }))).toBe('kept');
  await here.deletePrefix('upload/');
  expect(await openFilesIn(directory)).toBe(0);
});

it('holds at most one file of a folder open, and lets it go when nothing follows', async () => {
  const files = growing(50);
  await Promise.all(Array.from({ length: 8 }, () => files.add(folder, randomBytes(10))));
  await leavesOpen(0);

  const patient = growing();
  await Promise.all(Array.from({ length: 8 }, () => patient.add(folder, randomBytes(10))));
  await leavesOpen(1);
  patient.forget(join(directory, 'objects'));
  await leavesOpen(0);
});

it('holds only so many files open however many folders grow', async () => {
  const files = growing();
  const folders = Array.from({ length: 520 }, (_, n) => `${folder}-${n}`);
  await Promise.all(folders.map((each) => files.add(each, randomBytes(10))));
  await leavesOpen(500);
  files.forget(join(directory, 'objects'));
  await leavesOpen(0);
});

it('never adds behind what a full disk cut off, and takes it back', async () => {
  const flags = '--conditions=source --import ./tests/support/typescript.mjs';
  const entry = join(import.meta.dirname, 'cramped-writer.ts');
  // A file may have at most 100 KiB: the third addition of 40,000 bytes is cut off, as on a disk that is full.
  const child = spawn('bash', ['-c', `ulimit -f 100; exec "${process.execPath}" ${flags} "${entry}" "${directory}"`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  expect(await once(child, 'close')).toEqual([0, null]);
  const outcomes = JSON.parse(await output) as ({ name: string; start: number } | string)[];
  const [first, second, failed, next, tooMuch] = outcomes;
  expect([first, second, next]).toMatchObject([{ start: 0 }, { start: 40_000 }, { start: 0 }]);
  expect(failed).toMatch(/Only 22400 of 40000 bytes/);
  expect(tooMuch).toMatch(/Only 102400 of 200000 bytes/);
  expect(await readdir(join(directory, 'objects', 'upload'))).toHaveLength(2);
  expect(await readdir(join(directory, 'objects', 'other'))).toEqual([]);
  const content = async (place: typeof next) =>
    readFile(join(directory, 'objects', 'upload', `${(place as { name: string }).name}=`));
  expect((await content(first)).equals(Buffer.alloc(80_000, 'ab'))).toBe(true);
  expect((await content(next)).equals(Buffer.alloc(40_000, 'ab'))).toBe(true);
});
