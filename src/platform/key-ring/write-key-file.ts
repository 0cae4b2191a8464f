import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, realpath, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartProblem } from '#platform/config/start-problem.js';
import { syncDirectory } from '#platform/files/sync-directory.js';
import { freshKeyFile, writeKeys, type KeyFile } from './key-file-format.js';
import { KeysNotRotated } from './key-ring.js';

/**
 * Makes a fresh key file where there is none; one that another process made a moment earlier stays, for a link, unlike a
 * rename, never replaces anything.
 * @throws StartProblem where this user cannot
 */
export async function createKeyFile(path: string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeNew(temporary, freshKeyFile(new Date()));
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new StartProblem(
      `The key file ${path} cannot be made (${reason(error)}). The user that runs this must be able to write its folder; or set KEY_FILE to another place.`,
      { cause: error },
    );
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined); // where it could not be made, neither can this
  }
  await syncDirectory(dirname(path));
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
      `The key file ${path} cannot be rewritten (${reason(error)}). The user that runs this must be able to write it and its folder; in a container mount the folder, not the file.`,
      { cause: error },
    );
  }
}

const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;
const temporaryName = (path: string): string => `${path}.${randomUUID()}.tmp`;

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
