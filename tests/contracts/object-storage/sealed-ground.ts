import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { freshDatabase } from '../../support/fresh-database.js';

/** Sealed objects on a disk and a database of their own, with what a test needs to look behind the seal. */
export async function sealedGround() {
  const database = await freshDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'sealed-'));
  const storage = await DiskObjectStorage.open(join(directory, 'objects'));
  const keys = new PostgresKeyRing(database.pool, await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json')));
  const objects = new SealedObjects(storage, keys);
  return {
    directory,
    storage,
    keys,
    objects,
    /** A subject and a key that no other test has. */
    fresh: () => ({ subject: randomUUID() as string, key: `rec/${randomUUID()}` }),
    read: async (subject: string, key: string, start?: number, end?: number) =>
      buffer(await objects.get(subject, key, start === undefined ? undefined : { start, end: end! })),
    async drop() {
      await keys.close();
      await database.drop();
      await rm(directory, { recursive: true });
    },
  };
}

export type SealedGround = Awaited<ReturnType<typeof sealedGround>>;
export const SEGMENT = 64 * 1024;
export const SEALED = SEGMENT + 16;
export const HEADER = 32;
export const same = (a: Buffer, b: Buffer) => expect(a.equals(b)).toBe(true);
