import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { openPool } from '#platform/database/database.js';
import { findBinaries } from '#platform/database/postgres-binaries.js';
import { PostgresCluster } from '#platform/database/postgres-cluster.js';
import { eventually } from '../support/eventually.js';

let directory: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-embedded-'));
  await chmod(directory, 0o755);
  postgres = await startEmbeddedPostgres(directory);
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

const postmaster = async () => Number.parseInt(await readFile(join(directory, 'cluster/postmaster.pid'), 'utf8'), 10);

it('comes back by itself after kill -9, with everything that was committed', async () => {
  const pool = openPool(postgres.url, 2);
  await pool.query('CREATE TABLE kept (n int)');
  await pool.query('INSERT INTO kept VALUES (1)');
  const killed = await postmaster();
  process.kill(killed, 'SIGKILL');
  await eventually(async () => expect(await postmaster()).not.toBe(killed), 20_000);
  await eventually(async () => expect((await pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]), 20_000);
  await pool.end();
}, 30_000);

it('refuses a directory on which somebody works, and leaves them alone', async () => {
  const undisturbed = await postmaster();
  await expect(startEmbeddedPostgres(directory)).rejects.toThrow('Another Screendesk is running');
  expect(await postmaster()).toBe(undisturbed);
}, 30_000);

it('takes over from one that a killed process left behind', async () => {
  await postgres.stop();
  const abandoned = await PostgresCluster.open(directory, await findBinaries());
  await abandoned.start('-c listen_addresses= -c unix_socket_directories=/tmp');
  const left = await postmaster();
  const second = await startEmbeddedPostgres(directory);
  expect(await postmaster()).not.toBe(left);
  const pool = openPool(second.url, 1);
  expect((await pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
  await pool.end();
  await second.stop();
}, 30_000);

it('signals no other program that has the process id a power cut left behind', async () => {
  const [owner, name] = [await stat(join(directory, 'cluster')), join(directory, 'cluster/postmaster.pid')];
  const other = spawn('sleep', ['60'], { uid: owner.uid, gid: owner.gid, stdio: 'ignore' });
  await writeFile(name, `${other.pid}\n${join(directory, 'cluster')}\n1\n1\n`, { mode: 0o600 });
  await chown(name, owner.uid, owner.gid);
  const fourth = await startEmbeddedPostgres(directory);
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
  other.kill();
  await fourth.stop();
}, 60_000);

it('listens on the loopback interface alone and asks for a password', async () => {
  const third = await startEmbeddedPostgres(directory);
  const pool = openPool(third.url, 1);
  const { rows } = await pool.query('SHOW listen_addresses');
  expect(rows).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await pool.end();
  const wrong = openPool(third.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 1);
  await expect(wrong.query('SELECT 1')).rejects.toThrow('password authentication failed');
  await wrong.end();
  await third.stop();
}, 30_000);

describe('a directory that it cannot take for a new one', () => {
  const [data, password] = ['cluster', 'password'];
  const at = (...names: string[]) => join(directory, ...names);
  const start = () => startEmbeddedPostgres(directory);

  /** Renames what is there for as long as something else is tried in its place. */
  async function without(name: string, attempt: () => Promise<void>): Promise<void> {
    await rename(at(name), at('aside'));
    await attempt().finally(async () => {
      await rm(at(name), { recursive: true, force: true });
      await rename(at('aside'), at(name));
    });
  }

  const expectUntouched = async (sentence: RegExp) => {
    const before = await readdir(directory, { recursive: true });
    const error: Error = await start().then(
      () => new Error('started'),
      (e) => e,
    );
    expect(error).toBeInstanceOf(StartProblem);
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(directory);
    expect(await readdir(directory, { recursive: true })).toEqual(before);
  };

  it('is one whose restore has not come to PG_VERSION yet', () =>
    without(join(data, 'PG_VERSION'), () => expectUntouched(/no PG_VERSION.*restore/)));

  it('is one that it cannot see into', () =>
    without(data, async () => {
      await symlink(data, at(data)); // goes round for ever: root, too, is refused here
      await expectUntouched(/cannot be read.*ELOOP/);
      await unlink(at(data));
    }));

  it.each(['missing', 'empty'])('is one whose cluster is %s though there was one: a disk that came late', (how) =>
    without(data, async () => {
      if (how === 'empty') await mkdir(at(data));
      await expectUntouched(/missing or empty.*not mounted/);
    }),
  );

  it('is one without the password', () => without(password, () => expectUntouched(/password is missing/)));

  it('is one with a cluster that does not start', () =>
    without(join(data, 'global'), async () => {
      const before = await readdir(at(data));
      await expect(start()).rejects.toThrow(/did not start on .*cluster, where nothing was removed/);
      expect(await readdir(at(data))).toEqual(expect.arrayContaining(before));
    }));
});

it('makes anew what a crash left half made, and tells it by its name alone', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'screendesk-half-'));
  await chmod(fresh, 0o755);
  const halfMade = join(fresh, 'cluster.being-made');
  await mkdir(halfMade, { mode: 0o700 });
  await writeFile(join(halfMade, 'PG_VERSION'), '18\n');
  await writeFile(join(fresh, 'password'), 'of the one that was not finished');
  const made = await startEmbeddedPostgres(fresh);
  const pool = openPool(made.url, 1);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect((await readdir(fresh)).sort()).toEqual(['cluster', 'password']);
  await pool.end();
  await made.stop();
  await rm(fresh, { recursive: true });
}, 60_000);
