import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere } from '#platform/files/if-there.js';
import { syncDirectory } from '#platform/files/sync-directory.js';
import { OperatorMistake } from '#platform/operations/operator-commands.js';
import type { WantedWorkspace } from './workspace-arguments.js';

type Owner = Pick<WantedWorkspace, 'slug' | 'email'>;

/** A first password, on the disk before anything is founded with it. */
export interface KeptPassword {
  readonly password: string;
  /** Where it is until somebody can sign in with it, so that nobody takes it for one that opens something. */
  readonly unfinished: string;
  /** Whether a run that was cut off left it: what that founded, it founded with this one. */
  readonly isLeft: boolean;
}

/** What must not stand in a log is written in a file of its own, which only this user can read. */
const [FINISHED, UNFINISHED] = ['.txt', '.unfinished'];

/**
 * Keeps a new password, or finds the one with which a run for this owner was cut off.
 * @throws OperatorMistake when there is no place for it
 */
export async function keepPassword(directory: string, owner: Owner): Promise<KeptPassword> {
  await mkdir(directory, { recursive: true }).catch(() => undefined); // what is wrong with it, reading says
  const [left] = await passwordsOf(owner, directory, UNFINISHED);
  if (left) return { password: left.password, unfinished: left.file, isLeft: true };
  // 120 bits that can be copied without mistaking a letter.
  const password = randomBytes(15).toString('base64url');
  for (let nth = 1; ; nth++) {
    const unfinished = join(directory, `owner-of-${owner.slug}${nth === 1 ? '' : `.${nth}`}${UNFINISHED}`);
    const made = await open(unfinished, 'wx', 0o600).catch((error) => unlessTaken(error, unfinished));
    if (!made) continue;
    await write(made, unfinished, `${owner.email}\t${password}\n`);
    // Looked for only now: as long as this one is there, nobody else gives that one its name.
    if (!(await isThere(finishedOf(unfinished), "A file with an owner's password")))
      return { password, unfinished, isLeft: false };
    await rm(unfinished);
  }
}

/** Somebody can sign in with it. @returns the file in which it stays, on the disk for good */
export async function finish({ unfinished }: KeptPassword): Promise<string> {
  await rename(unfinished, finishedOf(unfinished));
  await syncDirectory(dirname(unfinished));
  return finishedOf(unfinished);
}

export const letGo = ({ unfinished }: KeptPassword): Promise<void> => rm(unfinished);

/** The files that hold a first password of this owner. */
export async function passwordFiles(directory: string, owner: Owner): Promise<string[]> {
  return (await passwordsOf(owner, directory, FINISHED)).map(({ file }) => file);
}

const finishedOf = (unfinished: string) => `${unfinished.slice(0, -UNFINISHED.length)}${FINISHED}`;

async function passwordsOf({ slug, email }: Owner, directory: string, ending: string) {
  const isOne = (name: string) =>
    name.endsWith(ending) && new RegExp(`^owner-of-${slug}(\\.\\d+)?\\.[a-z]+$`).test(name);
  const names = await readdir(directory).catch((error) => noPlace(error, directory));
  const read = async (file: string) => {
    const text = await readFile(file, 'utf8').catch((error) => noPlace(error, file));
    const [, of, password] = /^(.+)\t(\S+)\n$/.exec(text) ?? [];
    return of === email && password ? [{ file, password }] : [];
  };
  const found = await Promise.all(names.filter(isOne).map((name) => read(join(directory, name))));
  return found.flat();
}

function unlessTaken(error: NodeJS.ErrnoException, file: string): null {
  return error.code === 'EEXIST' ? null : noPlace(error, file);
}

async function write(made: FileHandle, file: string, text: string): Promise<void> {
  try {
    await made.writeFile(text);
    await made.sync();
  } catch (error) {
    await rm(file); // of ours, and empty: what a full disk leaves
    noPlace(error as NodeJS.ErrnoException, file);
  } finally {
    await made.close();
  }
}

function noPlace({ code }: NodeJS.ErrnoException, file: string): never {
  throw new OperatorMistake(`The owner's password cannot be kept in ${file} (${code}).`);
}
