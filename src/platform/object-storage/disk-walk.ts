import type { Dirent } from 'node:fs';
import { readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from './object-storage.js';

/**
 * Ends the name of every file that holds an object. No key contains it, so the objects `a` and `a/b` can both exist, and
 * nothing else that lies around is ever taken for an object.
 */
const MARK = '=';

/** Windows allows no colon in a name; no key contains a percent sign. */
export const folderName = (name: string): string => name.replaceAll(':', '%');
export const fileName = (name: string): string => folderName(name) + MARK;
const nameOf = (entry: string): string => entry.replaceAll('%', ':');

/** All objects in a folder and below whose keys begin with the prefix, in the order of their keys. */
export async function* walk(folder: string, base: string, prefix: string): AsyncGenerator<StoredObject> {
  for (const { path, key, isFolder } of ordered(folder, base, await entriesOf(folder))) {
    if (!key.startsWith(prefix)) continue;
    if (isFolder) yield* walk(path, key, prefix);
    const size = isFolder ? null : await sizeOf(path);
    if (size !== null) yield { key, size };
  }
}

/** Deletes a folder with all that is in it and counts the objects; what others add meanwhile goes too. */
export async function removeFolder(folder: string): Promise<number> {
  let count = 0;
  for (let gone = false; !gone; gone = await removeEmpty(folder)) {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) count += await removeFolder(path);
      else if ((await removeFile(path)) && entry.name.endsWith(MARK)) count += 1;
    }
  }
  return count;
}

/** False when something was in it. */
async function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
      return absent(error, true);
    },
  );
}

/** False when there was none. */
export async function removeFile(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => absent(error, false),
  );
}

/** Null when there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => absent(error, null),
  );
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => absent(error, []));
}

/** The answer when the error only says that something is not there; throws it otherwise. */
export function absent<T>(error: NodeJS.ErrnoException, answer: T): T {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return answer;
  throw error;
}

/** A folder sorts as its name with a slash, as its keys do. */
function ordered(folder: string, base: string, entries: readonly Dirent[]) {
  return entries
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(MARK))
    .map((entry) => {
      const isFolder = entry.isDirectory();
      const key = base + nameOf(isFolder ? `${entry.name}/` : entry.name.slice(0, -MARK.length));
      return { path: join(folder, entry.name), key, isFolder };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
