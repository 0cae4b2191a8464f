import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '#platform/config/config.js';
import { makeDemoWorkspace, type DemoWorkspace } from '../../src/demo-workspace.js';
import { welcome } from '../../src/welcome.js';
import { IdentityApp } from './identity-app.js';

/** A server with a database of its own. */
let identity: IdentityApp;
let config: Config;
beforeEach(async () => {
  identity = await IdentityApp.start();
  config = readConfig({ DATA_DIR: await mkdtemp(join(tmpdir(), 'demo-')) });
});
afterEach(async () => {
  await identity.close();
  await rm(config.dataDir, { recursive: true });
});

const firstStart = (at = identity) => makeDemoWorkspace(at.app, config);

/** Cuts the first start off where it writes such a row. @returns what lets the next one through */
async function cutOffAt(table: string, condition: string): Promise<() => Promise<unknown>> {
  const { pool } = identity.database;
  await pool.query(`CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cut off''; END';
    CREATE TRIGGER cut_off BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION cut_off()`);
  return () => pool.query('DROP FUNCTION cut_off CASCADE');
}

async function expectBothCanSignIn({ members }: DemoWorkspace): Promise<void> {
  expect(members.map(({ role }) => role)).toEqual(['admin', 'agent']);
  for (const { email, password } of members)
    await identity
      .as(await identity.signIn(email, password))
      .get('workspace')
      .expect(200);
}

it.each([
  ['before anything', 'identity.slug', 'true'],
  ['before the owner', 'identity.account', "NEW.role = 'owner'"],
  ['between the owner and the agent', 'identity.account', "NEW.role = 'agent'"],
])('is completed, and told, by the next start when the first was cut off %s', async (_, table, condition) => {
  const letThrough = await cutOffAt(table, condition);
  await expect(firstStart()).rejects.toThrow('cut off');
  await letThrough();
  await expectBothCanSignIn((await firstStart())!);
});

it('tells the same credentials until they were told, for instance because the port was taken, and then never again', async () => {
  const first = await firstStart();
  const second = await firstStart();
  expect(second!.members).toEqual(first!.members);
  await expectBothCanSignIn(second!);
  await second!.told();
  expect(await firstStart()).toBeNull();
});

it('is made once by two servers that start first at the same moment, with the same credentials', async () => {
  const [one, two] = await Promise.all([firstStart(), firstStart()]);
  expect(two!.members).toEqual(one!.members);
  await expectBothCanSignIn(one!);
});

it('shows its passwords to a terminal, and to anything else the path of the file alone', async () => {
  const demo = (await firstStart())!;
  const [shown, logged] = [true, false].map((toTerminal) => welcome(config, demo, toTerminal));
  for (const { password } of demo.members) {
    expect(shown).toContain(password);
    expect(logged).not.toContain(password);
  }
  expect(logged).toContain(demo.file);
  expect((await stat(demo.file)).mode & 0o777).toBe(0o600);
});

it('says nothing of its members to those who read the workspace', async () => {
  const [{ email, password }] = (await firstStart())!.members as [DemoWorkspace['members'][0]];
  const cookie = await identity.signIn(email, password);
  const { body } = await identity.as(cookie).get('workspace').expect(200);
  const settings = { name: 'Demo', accent: null, abandonedPolicy: 'discard', retentionDays: 90 };
  expect(body).toEqual({ id: expect.any(String), slug: 'demo', region: 'local', ...settings });
});

it('makes nothing where somebody can sign in already', async () => {
  await identity.found();
  expect(await firstStart()).toBeNull();
});

describe('a mark that outlived its database', () => {
  let other: IdentityApp;
  beforeEach(async () => void (other = await IdentityApp.start()));
  afterEach(() => other.close());

  it('makes nothing in one where others are at home', async () => {
    const { members } = (await firstStart())!;
    await other.found();
    expect(await firstStart(other)).toBeNull();
    const [{ email, password }] = members as [DemoWorkspace['members'][0]];
    await expect(other.signIn(email, password)).rejects.toThrow('401');
    await expectBothCanSignIn((await firstStart())!);
  });

  it('tells no credentials in one whose demo has others', async () => {
    const elsewhere = readConfig({ DATA_DIR: await mkdtemp(join(tmpdir(), 'demo-')) });
    await firstStart();
    await (await makeDemoWorkspace(other.app, elsewhere))!.told();
    expect(await firstStart(other)).toBeNull();
    await rm(elsewhere.dataDir, { recursive: true });
  });

  it('is begun again in an empty one', async () => {
    await firstStart();
    const { members } = (await firstStart(other))!;
    for (const { email, password } of members) await other.signIn(email, password);
  });
});
