import { makeDemoWorkspace, type DemoWorkspace } from '../../src/demo-workspace.js';
import { WholeApp } from '../support/whole-app.js';

let app: WholeApp;
beforeEach(async () => {
  app = await WholeApp.start();
});
afterEach(() => app.stop());

const firstStart = () => makeDemoWorkspace(app.nest, app.cell.config);

/** Cuts the first start off where it writes such a row. @returns what lets the next one through */
async function cutOffAt(table: string, condition: string): Promise<() => Promise<unknown>> {
  const { pool } = app.database;
  await pool.query(`CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cut off''; END';
    CREATE TRIGGER cut_off BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION cut_off()`);
  return () => pool.query('DROP FUNCTION cut_off CASCADE');
}

async function expectBothCanSignIn({ members }: DemoWorkspace): Promise<void> {
  expect(members.map(({ role }) => role)).toEqual(['admin', 'agent']);
  for (const { email, password } of members) await (await app.signIn(email, password)).get('workspace').expect(200);
}

it.each([
  ['before anything', 'identity.slug', 'true'],
  ['before the admin', 'identity.account', "NEW.role = 'admin'"],
  ['between the admin and the agent', 'identity.account', "NEW.role = 'agent'"],
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

it('makes nothing where somebody can sign in already', async () => {
  await app.workspace();
  expect(await firstStart()).toBeNull();
});
