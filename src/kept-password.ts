import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorMistake } from '#platform/operations/operator-commands.js';
import type { WantedWorkspace } from './workspace-arguments.js';

type Owner = Pick<WantedWorkspace, 'slug' | 'email'>;

/** For the first time that an owner signs in: 120 bits that can be copied without mistaking a letter. */
export const newPassword = (): string => randomBytes(15).toString('base64url');

/**
 * Writes what must not stand in a log into a file of its own, which only this user can read. One that is there stays
 * as it is.
 * @returns the file, on the disk for good
 * @throws OperatorMistake when there is no place for it
 */
export async function keepPassword(directory: string, { slug, email }: Owner, password: string): Promise<string> {
  await mkdir(directory, { recursive: true }).catch(() => undefined); // what is wrong with it, writing says
  for (let nth = 1; ; nth++) {
    const file = join(directory, nth === 1 ? `owner-of-${slug}.txt` : `owner-of-${slug}-${nth}.txt`);
    const made = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => unlessTaken(error, file));
    if (made) return write(made, file, `${email}\t${password}\n`);
  }
}

function unlessTaken(error: NodeJS.ErrnoException, file: string): null {
  if (error.code === 'EEXIST') return null;
  throw noPlace(error, file);
}

async function write(made: FileHandle, file: string, text: string): Promise<string> {
  try {
    await made.writeFile(text);
    await made.sync();
    return file;
  } catch (error) {
    await rm(file); // of ours, and empty: what a full disk leaves
    throw noPlace(error as NodeJS.ErrnoException, file);
  } finally {
    await made.close();
  }
}

const noPlace = ({ code }: NodeJS.ErrnoException, file: string) =>
  new OperatorMistake(`The owner's password cannot be kept in ${file} (${code}).`);

/** The files that hold a first password of this owner. */
export async function passwordFiles(directory: string, { slug, email }: Owner): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => new RegExp(`^owner-of-${slug}(-\\d+)?\\.txt$`).test(name));
  const files = names.map((name) => join(directory, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return files.filter((_, nth) => texts[nth]!.startsWith(`${email}\t`));
}
