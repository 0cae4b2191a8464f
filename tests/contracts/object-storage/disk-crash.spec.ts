import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { all } from './object-storage.contract.js';

const ROUNDS = 4;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-crash-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs a writer, kills it in the middle of its puts once it has acknowledged so many, and returns their keys. */
async function killAfter(acknowledged: number, round: number): Promise<string[]> {
  const flags = ['--conditions=source', '--import', './tests/support/typescript.mjs'];
  const entry = join(import.meta.dirname, 'crashing-writer.ts');
  const child = spawn(process.execPath, [...flags, entry, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > acknowledged) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}

it('killed in the middle of puts keeps every acknowledged object whole, and shows no torn one', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const key of await killAfter(20 + 13 * round, round)) acknowledged.add(key);
    const storage = await DiskObjectStorage.open(directory);
    const seen = new Set<string>();
    for (const { key, size } of await all(storage.list(''))) {
      const body = await buffer(await storage.get(key));
      expect(body).toHaveLength(size);
      expect(createHash('sha256').update(body.subarray(32)).digest().equals(body.subarray(0, 32))).toBe(true);
      seen.add(key);
    }
    expect([...acknowledged].filter((key) => !seen.has(key))).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(60);
});

it('leaves half-written files that the next start an hour later sweeps out', async () => {
  const temporary = join(directory, 'tmp');
  for (let round = 0; round < 10; round++) {
    await killAfter(5, round);
    if ((await readdir(temporary)).length) break;
  }
  const left = await readdir(temporary);
  expect(left.length).toBeGreaterThan(0);
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const name of left) await utimes(join(temporary, name), longAgo, longAgo);
  await DiskObjectStorage.open(directory);
  expect(await readdir(temporary)).toEqual([]);
});
