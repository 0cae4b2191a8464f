import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { StartProblem } from '#platform/config/start-problem.js';
import { KeyEncryptionKeyMissing } from '#platform/key-ring/key-encryption-keys.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { SealBroken } from '#platform/key-ring/key-ring.js';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'key-file-'));
  path = join(directory, 'keys.json');
});
afterEach(() => rm(directory, { recursive: true }));

const content = async () => JSON.parse(await readFile(path, 'utf8'));
const write = (value: unknown) => writeFile(path, JSON.stringify(value), { mode: 0o600 });

describe('the key file', () => {
  it('is made on first use, for its owner only, and leaves nothing else behind', async () => {
    await KeyFileKeyEncryptionKeys.open(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['keys.json']);
  });

  it('is one and the same for all who start at once, however they overlap', async () => {
    const key = randomBytes(32);
    for (let apart = 0; apart < 30; apart++) {
      await rm(path, { force: true });
      const first = KeyFileKeyEncryptionKeys.open(path);
      for (let turn = 0; turn < apart; turn++) await setImmediate();
      const all = await Promise.all([first, ...[1, 2, 3].map(() => KeyFileKeyEncryptionKeys.open(path))]);
      const wrapped = await all[0]!.wrap(key, 'x');
      for (const each of all) expect(await each.unwrap(wrapped, 'x')).toEqual(key);
    }
    expect(await readdir(directory)).toEqual(['keys.json']);
  });

  it('is not made where it is missed, or where nobody can see whether it is there', async () => {
    const missed = KeyFileKeyEncryptionKeys.open(path, async () => false);
    await expect(missed).rejects.toThrow(/keys\.json is missing.*Nothing was written\. Put your copy/);
    await expect(missed).rejects.toThrow(StartProblem);
    expect(await readdir(directory)).toEqual([]);
    await symlink('keys.json', path); // goes round for ever
    await expect(KeyFileKeyEncryptionKeys.open(path)).rejects.toThrow(/key file cannot be read: .*ELOOP/);
    expect(await readdir(directory)).toEqual(['keys.json']);
  });

  it('is refused when others may read it, saying how to mend that', async () => {
    await KeyFileKeyEncryptionKeys.open(path);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(path, mode);
      await expect(KeyFileKeyEncryptionKeys.open(path)).rejects.toThrow(`chmod 600 '${path}'`);
    }
  });

  it('is refused when it is damaged, without repeating a secret', async () => {
    await KeyFileKeyEncryptionKeys.open(path);
    const whole = await content();
    const [key] = whole.keys;
    const damaged = [
      null,
      {},
      { ...whole, version: 2 },
      { ...whole, keys: [] },
      { ...whole, keys: [{ key: key.key }] },
      { ...whole, keys: [{ ...key, key: key.key.slice(4) }] },
      { ...whole, keys: [key, key] },
      { ...whole, blindIndexSecret: undefined },
    ];
    for (const bad of damaged) {
      await write(bad);
      const error: Error = await KeyFileKeyEncryptionKeys.open(path).then(
        () => new Error('opened'),
        (e) => e,
      );
      expect(error.message).toContain('is damaged');
      expect(error.message).not.toContain(key.key.slice(4));
    }
    await writeFile(path, '{"version": 1, "ke');
    await expect(KeyFileKeyEncryptionKeys.open(path)).rejects.toThrow('is damaged: it is cut off');
    await writeFile(path, '');
    await expect(KeyFileKeyEncryptionKeys.open(path)).rejects.toThrow('is damaged: it is empty');
  });

  it('is no folder and no device, and says where it cannot be made', async () => {
    await writeFile(join(directory, 'file'), '');
    for (const [where, said] of [
      [directory, /is a folder\. Set KEY_FILE to the file in it/],
      ['/dev/null', /is no ordinary file/],
      [join(directory, 'file', 'keys.json'), /key file cannot be read: .*ENOTDIR/],
      [
        join(directory, 'k'.repeat(240)),
        /cannot be made \(ENAMETOOLONG\)\. The user that runs this must be able to write its folder/,
      ],
    ] as const) {
      const opening = KeyFileKeyEncryptionKeys.open(where);
      await expect(opening).rejects.toThrow(StartProblem);
      await expect(opening).rejects.toThrow(said);
    }
  });

  it('binds a wrapped key to its context', async () => {
    const keks = await KeyFileKeyEncryptionKeys.open(path);
    const wrapped = await keks.wrap(randomBytes(32), 'one');
    await expect(keks.unwrap(wrapped, 'two')).rejects.toThrow(SealBroken);
  });
});

describe('rotation', () => {
  const appendKey = async (id: string) => {
    const whole = await content();
    await write({ ...whole, keys: [...whole.keys, { id, key: randomBytes(32).toString('base64') }] });
  };

  it('wraps with the newest key and unwraps with all', async () => {
    const before = await KeyFileKeyEncryptionKeys.open(path);
    const [key, index] = [randomBytes(32), await before.blindIndexSecret()];
    const old = await before.wrap(key, 'x');
    await appendKey('newer');
    const after = await KeyFileKeyEncryptionKeys.open(path);
    expect((await after.wrap(key, 'x')).kekId).toBe('newer');
    expect(await after.unwrap(old, 'x')).toEqual(key);
    expect(await after.blindIndexSecret()).toEqual(index);
  });

  it('is learnt by a running process from what another one wrapped', async () => {
    const running = await KeyFileKeyEncryptionKeys.open(path);
    await appendKey('newer');
    const key = randomBytes(32);
    const wrapped = await (await KeyFileKeyEncryptionKeys.open(path)).wrap(key, 'x');
    expect(await running.unwrap(wrapped, 'x')).toEqual(key);
    expect((await running.wrap(key, 'x')).kekId).toBe('newer');
  });

  it('says which key is missing once it was destroyed, and never makes a new file on the way', async () => {
    const keks = await KeyFileKeyEncryptionKeys.open(path);
    const { wrapped } = await keks.wrap(randomBytes(32), 'x');
    await expect(keks.unwrap({ kekId: 'gone', wrapped }, 'x')).rejects.toThrow(KeyEncryptionKeyMissing);
    await unlink(path);
    await expect(keks.unwrap({ kekId: 'gone', wrapped }, 'x')).rejects.toThrow('is missing');
    expect(await readdir(directory)).toEqual([]);
  });
});
