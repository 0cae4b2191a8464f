import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StartProblem } from '#platform/config/start-problem.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { openFilesIn } from '../../support/open-files.js';
import { objectStorageContract } from './object-storage.contract.js';

let directory: string;
let storage: DiskObjectStorage;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-objects-'));
  storage = await DiskObjectStorage.open(directory);
});
afterAll(() => rm(directory, { recursive: true }));
const temporary = () => readdir(join(directory, 'tmp'));

objectStorageContract(() => ({ storage, leftovers: async () => (await temporary()).length }));

describe('on disk', () => {
  it('sweeps at start what dead processes left, but not what others are writing', async () => {
    const [old, young] = [join(directory, 'tmp', 'old'), join(directory, 'tmp', 'young')];
    for (const path of [old, young]) await writeFile(path, 'half');
    await utimes(old, new Date(), new Date(Date.now() - 3 * 3_600_000));
    await DiskObjectStorage.open(directory);
    expect(await temporary()).toEqual(['young']);
    await rm(young);
  });

  it('lets only its own user read', async () => {
    await storage.put('mode/a', Buffer.from('x'));
    const modeOf = async (path: string) => (await stat(join(directory, 'objects', path))).mode & 0o777;
    expect([await modeOf('mode'), await modeOf('mode/a=')]).toEqual([0o700, 0o600]);
  });

  it('takes nothing else that lies around for an object', async () => {
    await storage.put('around/a', Buffer.from('x'));
    await writeFile(join(directory, 'objects', 'around', '.DS_Store'), 'x');
    expect(await Array.fromAsync(storage.list('around/'))).toEqual([{ key: 'around/a', size: 1 }]);
    expect(await storage.deletePrefix('around/')).toMatchObject({ objects: 1 });
    expect(await readdir(join(directory, 'objects'))).not.toContain('around');
  });

  it('takes a disk that is not mounted for an outage: nothing is missing, nothing erased, nothing written beside it', async () => {
    const [place, aside] = [join(directory, 'place'), join(directory, 'aside')];
    const unmounted = await DiskObjectStorage.open(place);
    await unmounted.put('kept/a', Buffer.from('x'));
    await unmounted.add('kept/b/', Buffer.from('y'));
    await rename(place, aside);
    await mkdir(place);
    for (const ask of [
      () => unmounted.get('kept/a'),
      () => unmounted.head('kept/a'),
      () => Array.fromAsync(unmounted.list('kept/')),
      () => unmounted.count('kept/'),
      () => unmounted.delete('kept/a'),
      () => unmounted.deletePrefix('kept/'),
      () => unmounted.put('kept/a', Buffer.from('z')),
      () => unmounted.putStream('new/a', Readable.from([Buffer.from('z')])),
      () => unmounted.add('new/', Buffer.from('z')),
    ])
      await expect(ask()).rejects.toThrow(ObjectStorageAway);
    const starting = DiskObjectStorage.open(place, async () => true);
    await expect(starting).rejects.toThrow(StartProblem);
    await expect(starting).rejects.toThrow(/its disk is not mounted/);
    expect(await readdir(place)).toEqual([]);
    await rmdir(place);
    await rename(aside, place);
    expect((await buffer(await unmounted.get('kept/a'))).toString()).toBe('x');
    await DiskObjectStorage.open(place, async () => true);
  });

  it('is begun in an empty folder where the database knows no object, and goes on where there were no marks yet', async () => {
    const [fresh, older] = [join(directory, 'fresh'), join(directory, 'older')];
    await mkdir(join(fresh, 'lost+found'), { recursive: true });
    await expect(DiskObjectStorage.open(fresh, async () => true)).rejects.toThrow(StartProblem);
    await DiskObjectStorage.open(fresh, async () => false);
    await mkdir(join(older, 'objects'), { recursive: true });
    for (const place of [fresh, older]) await DiskObjectStorage.open(place, async () => true);
    for (const place of [fresh, older]) expect(await readdir(place)).toContain('screendesk-store');
  });

  it('closes every file that it opens', async () => {
    await storage.put('open/a', Buffer.alloc(1_000_000));
    for (let i = 0; i < 50; i++) {
      const stream = await storage.get('open/a');
      const closed = new Promise((resolve) => stream.once('close', resolve));
      if (i % 2) await stream[Symbol.asyncIterator]().next();
      stream.destroy();
      await closed;
    }
    await expect(storage.get('open/a', { start: 1e9, end: 2e9 })).rejects.toThrow();
    expect(await openFilesIn(join(directory, 'objects', 'open'))).toBe(0);
  });
});
