import { glob, readFile } from 'node:fs/promises';

/** Where keys and sealed parts are kept, and the one place that destroys them, behind its gate. */
const MAY = /^src\/platform\/(key-ring|event-store|erasure)\//;
const DESTROYING = /\b(keys|keyRing|ring)\.erase\(|\.eraseSealed\(/;

async function destroying(...patterns: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(patterns)) if (DESTROYING.test(await readFile(file, 'utf8'))) found.push(file);
  return found;
}

it('nobody destroys a key or sealed words past the gate', async () => {
  const all = await destroying('src/**/*.ts', 'modules/**/*.ts');
  expect(all.filter((file) => !MAY.test(file))).toEqual([]);
  expect(all).toContain('src/platform/erasure/erasure.ts');
  expect(await destroying('tests/architecture/violations/**/*.ts')).toHaveLength(1);
});
