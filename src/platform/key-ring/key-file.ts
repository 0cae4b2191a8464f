import { randomBytes, randomUUID } from 'node:crypto';
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartProblem } from '#platform/config/start-problem.js';
import { ifThere } from '#platform/files/if-there.js';
import { syncDirectory } from '#platform/files/sync-directory.js';
import { KeysNotRotated } from './key-ring.js';
import { freshKeyFile, readKeys, writeKeys, type KeyFile } from './key-file-format.js';

/**
 * Reads the key file, making it first if there is none. Safe with several processes starting at once: the file appears
 * whole or not at all, and exactly one of them makes it.
 * @param mayMake asked when there is none: whether nothing depends on one that was there
 * @throws StartProblem
 */
export async function openKeyFile(path: string, mayMake: () => Promise<boolean>): Promise<KeyFile> {
  const found = await findKeyFile(path);
  if (found) return found;
  if (!(await mayMake())) throw missing(path);
  await createKeyFile(path);
  return readKeyFile(path);
}

/** @throws StartProblem */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const found = await findKeyFile(path);
  if (!found) throw missing(path);
  return found;
}

/**
 * Puts another content in its place, whole or not at all and durably, then overwrites the bytes that the old file had,
 * as far as the file system overwrites anything in place; and those of copies that a crash left beside it. Only one
 * process may do this at a time.
 * @throws KeysNotRotated
 */
export async function replaceKeyFile(path: string, content: KeyFile): Promise<void> {
  const place = await realpath(path); // a link goes on pointing to it
  try {
    for (const name of await leftovers(place)) await shred(join(dirname(place), name));
    const temporary = temporaryName(place);
    const old = await open(place, 'r+');
    try {
      const { uid, gid } = await old.stat();
      await writeNew(temporary, content, { uid, gid });
      await rename(temporary, place);
      await syncDirectory(dirname(place));
      await overwrite(old);
    } finally {
      await old.close();
    }
  } catch (error) {
    throw new KeysNotRotated(
      `The key file ${path} cannot be rewritten (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}). The user that runs this must be able to write it and its folder; in a container mount the folder, not the file.`,
      { cause: error },
    );
  }
}

function missing(path: string): StartProblem {
  return new StartProblem(
    `The key file ${path} is missing, and the database has keys that only it can open. Nothing was written. Put your copy of it there, with mode 0600 (KEY_FILE can name another place), or set DATABASE_URL or DATA_DIR to a database that it belongs to.`,
  );
}

/** Read while it is replaced, it may be found overwritten; its successor is there by then. */
async function findKeyFile(path: string): Promise<KeyFile | null> {
  return findOnce(path).catch(() => findOnce(path));
}

async function findOnce(path: string): Promise<KeyFile | null> {
  const text = await ifThere(readPrivate(path), path, 'The key file');
  const wrong = (what: string) =>
    new StartProblem(`The key file ${path} is damaged: ${what}. Restore it from your copy.`);
  return text === null ? null : readKeys(text, wrong);
}

async function readPrivate(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && mode & 0o077)
    throw new StartProblem(
      `The key file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 '${path}'`,
    );
  return readFile(path, 'utf8');
}

const temporaryName = (path: string): string => `${path}.${randomUUID()}.tmp`;

/** A link, unlike a rename, never replaces what another process made a moment earlier. */
async function createKeyFile(path: string): Promise<void> {
  const temporary = temporaryName(path);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeNew(temporary, freshKeyFile(new Date()));
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await unlink(temporary);
  }
  await syncDirectory(dirname(path));
}

async function writeNew(path: string, content: KeyFile, owner?: { uid: number; gid: number }): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    if (owner && process.getuid?.() === 0) await file.chown(owner.uid, owner.gid);
    await file.writeFile(writeKeys(content));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function leftovers(path: string): Promise<string[]> {
  const names = await readdir(dirname(path));
  return names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.tmp'));
}

/** A crash in its making leaves a second name of the file itself: then only the name goes. */
async function shred(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    if ((await file.stat()).nlink === 1) await overwrite(file);
    await unlink(path);
  } finally {
    await file.close();
  }
}

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  await file.write(randomBytes(size), 0, size, 0);
  await file.sync();
}
