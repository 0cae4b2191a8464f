import { hash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';

/** Adds until it is killed, several at once; once an addition is acknowledged, a line says where it lies and what it is. */
const storage = await DiskObjectStorage.open(process.argv[2]!);

async function adder(folder: string): Promise<void> {
  for (;;) {
    const body = randomBytes(1 + Math.floor(Math.random() * 400_000));
    const { key, start } = await storage.add(folder, body);
    writeSync(1, `${JSON.stringify({ key, start, length: body.length, sha256: hash('sha256', body) })}\n`);
  }
}

await Promise.all(['a/', 'a/', 'b/', 'c/'].map(adder));
