import { foundWorkspace } from '../../src/found-workspace.js';
import { finish, keepPassword } from '../../src/kept-password.js';
import { readArguments } from '../../src/workspace-arguments.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Misuse } from '#platform/operations/operator-commands.js';
import { runningPostgres } from '#platform/database/running-postgres.js';
import { eventually } from '../support/eventually.js';
import { ON_A_FULL_DISK, operatorProcess } from '../support/operator-process.js';
import { WholeApp } from '../support/whole-app.js';

const asking = (slug: string) => ['create', '--slug', slug, '--name', 'Acme Ltd', '--email', `ada@${slug}.example`];
const create = (slug: string) => readArguments(asking(slug));

describe('founding a workspace by command', () => {
  let app: WholeApp;
  let environment: Record<string, string>;
  beforeAll(async () => {
    app = await WholeApp.start();
    const { dataDir, keyFile } = app.cell.config;
    environment = { DATABASE_URL: app.database.url, DATA_DIR: dataDir, KEY_FILE: keyFile };
  });
  afterAll(() => app?.stop());

  it('works while the product runs: its owner signs in at once, and owns it', async () => {
    const email = 'ada@acme.example';
    const { dataDir } = app.cell.config;
    await writeFile(join(dataDir, 'owner-of-acme.txt'), 'of an installation before\n');
    const { code, stdout } = await operatorProcess('workspace', asking('acme'), environment);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/Its owner ada@acme\.example signs in at/),
    });
    expect(await readFile(join(dataDir, 'owner-of-acme.txt'), 'utf8')).toBe('of an installation before\n');
    const file = join(dataDir, 'owner-of-acme.2.txt');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const password = (await readFile(file, 'utf8')).trim().split('\t')[1];
    expect(stdout).toContain(file);
    const { body } = await (await app.signIn(email, password!)).get('session').expect(200);
    expect([body.workspace.slug, body.member.role]).toEqual(['acme', 'owner']);
  });

  it('repeated, leaves the owner the password they have, and names where it was written', async () => {
    const again = create('again');
    const kept = await keepPassword(environment.DATA_DIR!, again);
    const [file, { password }] = [await finish(kept), kept];
    const another = await finish(await keepPassword(environment.DATA_DIR!, { ...again, slug: 'again-elsewhere' }));
    expect(await foundWorkspace(again, password, environment)).toBe(true);
    const { stdout } = await operatorProcess('workspace', asking('again'), environment);
    expect(stdout).toContain(`the password they have: unless they chose another, it is in ${file}.`);
    await rm(another);
    expect(await filesOf('again')).toEqual(['owner-of-again.txt']);
    await app.signIn(again.email, password);
  });

  it('gives a slug to one of two owners, and keeps no password for the other', async () => {
    await foundWorkspace(create('taken'), 'the first of many', environment);
    const other = ['create', '--slug', 'taken', '--name', 'Acme Ltd', '--email', 'eve@x.example'];
    const { code, stderr } = await operatorProcess('workspace', other, environment);
    expect([code, stderr]).toEqual([1, expect.stringContaining('with another owner')]);
    expect(await filesOf('taken')).toEqual([]);
  });

  it('founds nothing whose password cannot be kept', async () => {
    const { code, stderr } = await operatorProcess('workspace', asking('full'), environment, ON_A_FULL_DISK);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/password cannot be kept in .*owner-of-full\.unfinished \(EFBIG\)/),
    ]);
    expect(await filesOf('full')).toEqual([]);
    expect(await foundWorkspace(create('full'), 'the first of many', environment)).toBe(true);
    await expect(keepPassword(app.cell.config.keyFile, create('acme'))).rejects.toThrow(/cannot be kept in .*ENOTDIR/);
  });

  it('killed in its midst, goes on with the password that counts when it is done once more', async () => {
    const killing = new AbortController();
    const killed = operatorProcess('workspace', asking('cut'), environment, killing);
    await eventually(async () => {
      const { rowCount } = await app.database.pool.query(`SELECT FROM identity.slug WHERE slug = 'cut'`);
      expect(rowCount).toBe(1);
    }, 30_000);
    killing.abort();
    expect((await killed).code).not.toBe(0);
    await isRightOnceMore('cut');
  });

  it.each([
    ['between its events', 'nobody', 'es.event', `NEW.type = 'MemberAdded'`],
    ['as soon as they are there', 'no-force', 'identity.account', 'NEW.activated_at IS NOT NULL'],
  ])('that fails %s has called no file the password of anybody, and goes on', async (_, slug, table, condition) => {
    const { pool } = app.database;
    await pool.query(
      `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE $$No$$; END'`,
    );
    const cut = `BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION refuse()`;
    await pool.query(`CREATE TRIGGER cut_off ${cut}`);
    const { code, stderr } = await operatorProcess('workspace', asking(slug), environment);
    await pool.query(`DROP TRIGGER cut_off ON ${table}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Do this once more')]);
    expect(await filesOf(slug)).toEqual([`owner-of-${slug}.unfinished`]);
    await isRightOnceMore(slug);
  });

  it('whose password an earlier run left keeps it while it is refused', async () => {
    const { unfinished, password } = await keepPassword(environment.DATA_DIR!, create('left'));
    const few = { ...environment, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await operatorProcess('workspace', asking('left'), few)).code).toBe(1);
    expect(await readFile(unfinished, 'utf8')).toBe(`ada@left.example\t${password}\n`);
    await isRightOnceMore('left');
  });

  const isRightOnceMore = async (slug: string) => {
    const { stdout } = await operatorProcess('workspace', asking(slug), environment);
    const [, file] = /in\s+(\S+\.txt)/.exec(stdout)!;
    expect(await filesOf(slug)).toEqual([`owner-of-${slug}.txt`]);
    await app.signIn(`ada@${slug}.example`, (await readFile(file!, 'utf8')).trim().split('\t')[1]!);
  };
  const filesOf = async (slug: string) =>
    (await readdir(environment.DATA_DIR!)).filter((name) => name.startsWith(`owner-of-${slug}`)).toSorted();
});

it.each([
  ['no command', []],
  ['another command', ['destroy']],
  ['an unknown option', ['create', '--password', 'x']],
  ['a slug with a slash', ['create', '--slug', 'a/b', '--name', 'N', '--email', 'a@b.example']],
  ['no address', ['create', '--slug', 'ab', '--name', 'N', '--email', 'nobody']],
])('says how it is used, given %s', (_, args) => {
  expect(() => readArguments(args)).toThrow(Misuse);
  expect(() => readArguments(args)).toThrow('npm run workspace -- create');
});

it('finds the embedded database of a product that runs, and none where none does', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'running-'));
  try {
    await chmod(directory, 0o711); // for the user that PostgreSQL runs as
    expect(await runningPostgres(directory)).toBeNull();
    const { url, stop } = await startEmbeddedPostgres(directory);
    expect(await runningPostgres(directory)).toBe(url);
    await stop();
    expect(await runningPostgres(directory)).toBeNull();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
