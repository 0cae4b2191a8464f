import { foundWorkspace, placeForPassword } from '../../src/found-workspace.js';
import { readArguments } from '../../src/workspace-arguments.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningPostgres } from '#platform/database/running-postgres.js';
import { operatorProcess } from '../support/operator-process.js';
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

  it('repeated, leaves the owner the password they have', async () => {
    const first = await foundWorkspace(create('again'), environment);
    const repeated = ['create', '--slug', 'again', '--name', 'Acme Ltd', '--email', first.email];
    expect((await operatorProcess('workspace', repeated, environment)).stdout).toContain('the password they have');
    expect(await readdir(environment.DATA_DIR!)).not.toContain('owner-of-again.txt');
    await app.signIn(first.email, first.password!);
  });

  it('gives a slug to one of two owners', async () => {
    await foundWorkspace(create('taken'), environment);
    await expect(foundWorkspace(create('taken', 'eve@x.example'), environment)).rejects.toThrow('with another owner');
  });

  it('keeps no place for a password where none can be written', async () => {
    await expect(placeForPassword(app.cell.config.keyFile, 'acme')).rejects.toThrow(
      /password cannot be kept in .*ENOTDIR/,
    );
  });
});

it.each([
  ['no command', []],
  ['another command', ['destroy']],
  ['an unknown option', ['create', '--password', 'x']],
  ['a slug with a slash', ['create', '--slug', 'a/b', '--name', 'N', '--email', 'a@b.example']],
  ['no address', ['create', '--slug', 'ab', '--name', 'N', '--email', 'nobody']],
])('says how it is used, given %s', (_, args) => {
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
