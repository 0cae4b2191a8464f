import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';

/**
 * Puts objects until it is killed, several at once. Each body begins with the SHA-256 of its rest, so that a torn one is
 * known by itself; a line with the key is written once its put is acknowledged.
 */
const storage = await DiskObjectStorage.open(process.argv[2]!);
const round = process.argv[3]!;

function body(): Buffer {
  const rest = randomBytes(1 + Math.floor(Math.random() * 400_000));
  return Buffer.concat([createHash('sha256').update(rest).digest(), rest]);
}

async function writer(number: number): Promise<void> {
  for (let n = 0; ; n++) {
    // Every third put replaces what all writers replace.
    const key = n % 3 === 2 ? 'crash/replaced' : `crash/${round}/${number}/${n}`;
    if (n % 2) await storage.put(key, body());
    else await storage.putStream(key, Readable.from(pieces(body())));
    writeSync(1, `${key}\n`);
  }
}

function* pieces(whole: Buffer): Generator<Buffer> {
  for (let at = 0; at < whole.length; at += 30_000) yield whole.subarray(at, at + 30_000);
}

await Promise.all([0, 1, 2, 3].map(writer));
