import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/database/embedded-postgres.js';
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
