import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartProblem } from '#platform/config/start-problem.js';
import { ifThere } from '#platform/files/if-there.js';
import { readKeys, type KeyFile } from './key-file-format.js';
import { createKeyFile } from './write-key-file.js';

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
  const found = await stat(path);
  if (!found.isFile()) throw noFile(path, found.isDirectory());
  const { mode } = found;
  if (process.platform !== 'win32' && mode & 0o077)
    throw new StartProblem(
      `The key file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 '${path}'`,
    );
  return readFile(path, 'utf8');
}

function noFile(path: string, isFolder: boolean): StartProblem {
  if (!isFolder) return new StartProblem(`The key file ${path} is no ordinary file. Set KEY_FILE to one.`);
  return new StartProblem(
    `The key file ${path} is a folder. Set KEY_FILE to the file in it, such as ${join(path, 'keys.json')}. A container that is to mount a file which is missing makes such a folder: then remove it, and mount the folder that the file is in.`,
  );
}
