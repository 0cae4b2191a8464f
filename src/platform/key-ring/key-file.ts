import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartProblem } from '#platform/config/start-problem.js';
import { ifThere } from '#platform/files/if-there.js';
import { syncDirectory } from '#platform/files/sync-directory.js';

/** What the file holds. The last key is the newest; older ones stay until nothing is wrapped by them. */
export interface KeyFile {
  readonly keys: readonly { readonly id: string; readonly key: Buffer }[];
  readonly blindIndexSecret: Buffer;
}

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

async function findKeyFile(path: string): Promise<KeyFile | null> {
  const text = await ifThere(readPrivate(path), path, 'The key file');
  return text === null ? null : parse(path, text);
}

async function readPrivate(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && mode & 0o077)
    throw new StartProblem(
      `The key file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 '${path}'`,
    );
  return readFile(path, 'utf8');
}

/** A link, unlike a rename, never replaces what another process made a moment earlier. */
async function createKeyFile(path: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(freshKeys());
    await file.sync();
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await unlink(temporary);
  }
  await syncDirectory(dirname(path));
}

function freshKeys(): string {
  const secret = () => randomBytes(32).toString('base64');
  const content = {
    about: 'Key-encryption keys of Screendesk. Whoever has this file and the database can read every recording.',
    version: 1,
    keys: [{ id: randomUUID(), key: secret() }],
    blindIndexSecret: secret(),
  };
  return JSON.stringify(content, null, 2) + '\n';
}

function parse(path: string, text: string): KeyFile {
  const wrong = (what: string) =>
    new StartProblem(`The key file ${path} is damaged: ${what}. Restore it from your copy.`);
  const bytes = (value: unknown, name: string): Buffer => {
    const buffer = Buffer.from(typeof value === 'string' ? value : '', 'base64');
    if (buffer.length !== 32) throw wrong(`${name} is not 32 bytes in base64`);
    return buffer;
  };
  const content = parseJson(text);
  if (content?.version !== 1 || !Array.isArray(content.keys)) throw wrong('it is not a key file of version 1');
  const keys = (content.keys as { id?: unknown; key?: unknown }[]).map((entry) => {
    if (typeof entry?.id !== 'string' || !entry.id) throw wrong('a key has no id');
    return { id: entry.id, key: bytes(entry.key, `key ${entry.id}`) };
  });
  if (!keys.length) throw wrong('it holds no keys');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw wrong('two keys have the same id');
  return { keys, blindIndexSecret: bytes(content.blindIndexSecret, 'blindIndexSecret') };
}

function parseJson(text: string): { version?: unknown; keys?: unknown; blindIndexSecret?: unknown } | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof parseJson>;
  } catch {
    return undefined;
  }
}
