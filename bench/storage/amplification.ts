import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import type { Entries } from '../entry.js';

const APPEND = randomBytes(100_000);
const STREAMS = 10;
const APPENDS = 40;

/** One append of one stream at an offset. */
type Append = (stream: number, offset: number) => Promise<unknown>;

/** Bytes that reach the disk for each byte appended, 100 kB at a time: sealed additions against @tus/file-store. */
export async function storageWriteAmplification(): Promise<Entries> {
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-amplification-'));
  await chmod(directory, 0o755); // PostgreSQL may run as a user of its own.
  try {
    const value = await ours(directory);
    const reference = await theirs(join(directory, 'tus'));
    return { storage_write_amplification: { value, unit: '× of the bytes put', reference, ratio: value / reference } };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ours(directory: string): Promise<number> {
  const postgres = await startEmbeddedPostgres(join(directory, 'postgres'));
  const pool = new pg.Pool({ connectionString: postgres.url });
  await migrate(pool);
  const keys = new PostgresKeyRing(pool, await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json')));
  const target = join(directory, 'objects');
  const objects = new SealedObjects(await DiskObjectStorage.open(target), keys);
  const subjects = Array.from({ length: STREAMS }, () => randomUUID());
  try {
    return await amplification(target, async (stream, offset) =>
      objects.add(subjects[stream]!, { folder: `${subjects[stream]}/`, name: String(offset) }, APPEND),
    );
  } finally {
    await keys.close();
    await pool.end();
    await postgres.stop();
  }
}

async function theirs(directory: string): Promise<number> {
  await mkdir(directory);
  const store = new FileStore({ directory });
  const ids = Array.from({ length: STREAMS }, () => randomUUID());
  for (const id of ids) await store.create(new Upload({ id, offset: 0, size: APPENDS * APPEND.length }));
  return amplification(directory, (stream, offset) => store.write(Readable.from([APPEND]), ids[stream]!, offset));
}

/** The greater of what the process wrote and what the disk keeps allocated: neither copies nor slack are hidden. */
async function amplification(directory: string, append: Append): Promise<number> {
  await append(0, 0);
  const [written, kept] = [await bytesWritten(), await bytesOnDisk(directory)];
  const stream = async (number: number) => {
    for (let n = number ? 0 : 1; n < APPENDS; n++) await append(number, n * APPEND.length);
  };
  await Promise.all(Array.from({ length: STREAMS }, (_, number) => stream(number)));
  const put = (STREAMS * APPENDS - 1) * APPEND.length;
  return Math.max((await bytesWritten()) - written, (await bytesOnDisk(directory)) - kept) / put;
}

/** What this process has handed to write calls so far; zero where the system does not say. */
async function bytesWritten(): Promise<number> {
  const io = await readFile('/proc/self/io', 'utf8').catch(() => '');
  return Number(/^wchar: (\d+)$/m.exec(io)?.[1] ?? 0);
}

async function bytesOnDisk(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true });
  const blocks = await Promise.all(entries.map(async (entry) => (await stat(join(directory, entry))).blocks));
  return blocks.reduce((sum, count) => sum + count * 512, 0);
}
