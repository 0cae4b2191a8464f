import { createHash, hash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { killWriter } from './kill-writer.js';

const ROUNDS = 4;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-crash-'));
});
afterEach(() => rm(directory, { recursive: true }));

const killAfter = (acknowledged: number, round: number) =>
  killWriter('crashing-writer.ts', [directory, String(round)], acknowledged);

it('killed in the middle of puts keeps every acknowledged object whole, and shows no torn one', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const key of await killAfter(20 + 13 * round, round)) acknowledged.add(key);
    const storage = await DiskObjectStorage.open(directory);
    const seen = new Set<string>();
    for (const { key, size } of await Array.fromAsync(storage.list(''))) {
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

it('killed in the middle of additions keeps every acknowledged one whole, whatever is added afterwards', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round++)
    acknowledged.push(...(await killWriter('crashing-adder.ts', [directory], 20 + 13 * round)));
  const storage = await DiskObjectStorage.open(directory);
  for (const line of acknowledged) {
    const { key, start, length, sha256 } = JSON.parse(line) as Record<'start' | 'length', number> &
      Record<'key' | 'sha256', string>;
    const body = await buffer(await storage.get(key, { start, end: start + length - 1 }));
    expect(hash('sha256', body)).toBe(sha256);
  }
  expect(acknowledged.length).toBeGreaterThan(60);
});
