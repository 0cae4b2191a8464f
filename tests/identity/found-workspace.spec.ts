import { foundWorkspace } from '../../src/found-workspace.js';
import { keepPassword } from '../../src/kept-password.js';
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

const create = (slug: string, email = `ada@${slug}.example`) =>
  readArguments(['create', '--slug', slug, '--name', 'Acme Ltd', '--email', email]);

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
    const asked = ['create', '--slug', 'acme', '--name', 'Acme Ltd', '--email', email];
    const { dataDir } = app.cell.config;
    await writeFile(join(dataDir, 'owner-of-acme.txt'), 'of an installation before\n');
    const { code, stdout } = await operatorProcess('workspace', asked, environment);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/Its owner ada@acme\.example signs in at/),
    });
    expect(await readFile(join(dataDir, 'owner-of-acme.txt'), 'utf8')).toBe('of an installation before\n');
    const file = join(dataDir, 'owner-of-acme-2.txt');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const password = (await readFile(file, 'utf8')).trim().split('\t')[1];
    expect(stdout).toContain(file);
    const { body } = await (await app.signIn(email, password!)).get('session').expect(200);
    expect([body.workspace.slug, body.member.role]).toEqual(['acme', 'owner']);
  });

  it('repeated, leaves the owner the password they have, and names where it was written', async () => {
    const [again, password] = [create('again'), 'the first of many'];
    const file = await keepPassword(environment.DATA_DIR!, again, password);
    const another = await keepPassword(
      environment.DATA_DIR!,
      { ...again, slug: 'again-elsewhere' },
      'of another workspace',
    );
    expect(await foundWorkspace(again, password, environment)).toBe(true);
    const repeated = ['create', '--slug', 'again', '--name', 'Acme Ltd', '--email', again.email];
    const { stdout } = await operatorProcess('workspace', repeated, environment);
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
    const asked = ['create', '--slug', 'full', '--name', 'Acme Ltd', '--email', 'ada@full.example'];
    const { code, stderr } = await operatorProcess('workspace', asked, environment, ON_A_FULL_DISK);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/password cannot be kept in .*owner-of-full\.txt \(EFBIG\)/),
    ]);
    expect(await filesOf('full')).toEqual([]);
    expect(await foundWorkspace(create('full'), 'the first of many', environment)).toBe(true);
    await expect(keepPassword(app.cell.config.keyFile, create('acme'), 'any')).rejects.toThrow(
      /cannot be kept in .*ENOTDIR/,
    );
  });

  it('killed in its midst, has written the password that counts', async () => {
    const wanted = ['create', '--slug', 'cut', '--name', 'Acme Ltd', '--email', 'ada@cut.example'];
    const killing = new AbortController();
    const killed = operatorProcess('workspace', wanted, environment, killing);
    await eventually(async () => {
      const { rowCount } = await app.database.pool.query(`SELECT FROM identity.slug WHERE slug = 'cut'`);
      expect(rowCount).toBe(1);
    }, 30_000);
    killing.abort();
    expect((await killed).code).not.toBe(0);
    const { stdout } = await operatorProcess('workspace', wanted, environment);
    const [, file] = /in\s+(\S+\.txt)/.exec(stdout)!;
    await app.signIn('ada@cut.example', (await readFile(file!, 'utf8')).trim().split('\t')[1]!);
  });

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
