import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartProblem } from '#platform/config/start-problem.js';
import { ifThere, isThere, readIfThere } from '#platform/files/if-there.js';
import { syncDirectory } from '#platform/files/sync-directory.js';
import type { Binaries } from './postgres-binaries.js';
import type { Owner } from './server-user.js';

const run = promisify(execFile);

/**
 * A cluster is made here and gets its name when initdb has finished, so the name `cluster` is the mark of a whole one
 * and this name that of one which a crash left half made. Nobody has ever kept anything in it.
 */
const BEING_MADE = 'cluster.being-made';

const WHAT = 'The embedded PostgreSQL';

/**
 * The password of the cluster in this directory, or null when there is none yet and one may be made.
 * @throws StartProblem when there is something else, or it cannot be seen: a restore in progress, a disk that was not
 * mounted, another user's files. Nothing of that is ever touched.
 */
export async function clusterThere(directory: string): Promise<string | null> {
  const [data, passwordFile] = [join(directory, 'cluster'), join(directory, 'password')];
  const files = (await ifThere(readdir(data), data, WHAT)) ?? [];
  const halfMade = await isThere(join(directory, BEING_MADE), WHAT);
  const password = await readIfThere(passwordFile, `The password of the embedded PostgreSQL`);
  if (files.length) {
    if (!files.includes('PG_VERSION')) throw notWhole(data, 'holds files but no PG_VERSION');
    if (!password) throw notWhole(passwordFile, 'is missing');
    return password.trim();
  }
  if (password && !halfMade) throw notWhole(data, `is missing or empty, although there is a password for it`);
  return null;
}

function notWhole(path: string, how: string): StartProblem {
  return new StartProblem(
    `The embedded PostgreSQL's ${path} ${how}: a restore that is not finished, or a disk that is not mounted? Nothing was changed. Finish or mount it and start again; to begin with an empty database, move everything in ${join(path, '..')} away first.`,
  );
}

/** @returns the new cluster's password */
export async function makeCluster(directory: string, binaries: Binaries, owner: Owner): Promise<string> {
  const [made, passwordFile] = [join(directory, BEING_MADE), join(directory, 'password')];
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { mode: 0o700 });
  await syncDirectory(directory); // before the password, which without it would speak of a cluster that was lost
  const password = randomBytes(24).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flush: true });
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const path of [made, passwordFile]) await chown(path, owner.uid, owner.gid);
  await initdb(binaries.initdb, made, passwordFile, owner);
  await giveName(made, join(directory, 'cluster'));
  await syncDirectory(directory);
  return password;
}

/** An empty folder may have the name already: the system removes it only if it is empty. */
async function giveName(made: string, data: string): Promise<void> {
  await rmdir(data)
    .catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)))
    .then(() => rename(made, data))
    .catch((error: NodeJS.ErrnoException) => {
      throw new StartProblem(
        `The embedded PostgreSQL was made in ${made}, but could not get its name ${data} (${error.code}). If that is a disk of its own, mount it one folder higher.`,
      );
    });
}

async function initdb(program: string, data: string, passwordFile: string, owner: Owner): Promise<void> {
  const flags = ['-U', 'screendesk', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
  const args = ['-D', data, `--pwfile=${passwordFile}`, ...flags];
  await run(program, args, { ...owner, cwd: '/' }).catch((error: Error) => {
    throw new StartProblem(`The embedded PostgreSQL could not be set up: ${error.message}.${hintFor(owner, data)}`);
  });
}

function hintFor({ uid }: Owner, data: string): string {
  if (uid === undefined) return '';
  return ` As root, PostgreSQL runs as the user "postgres", which must be able to enter ${data} and the folder of this program; a home directory closed to others is a usual cause.`;
}
