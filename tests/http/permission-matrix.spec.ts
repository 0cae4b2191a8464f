import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { MEMBER_ROLES, type MemberRole } from '#modules/identity/domain/member-roles.js';
import { holdersOf, PERMISSIONS, SCOPES } from '#modules/identity/domain/permissions.js';
import { type Route, routesOf } from '#platform/http/route-access.js';
import { permissionTables } from '../../scripts/permission-tables.js';
import type { ApiClient } from '../support/api-client.js';
import { PASSWORD, type TestWorkspace, WholeApp } from '../support/whole-app.js';

let app: WholeApp;
let acme: TestWorkspace;
let routes: (Route & { readonly permission: string })[];
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  routes = routesOf(app.nest).flatMap((route) =>
    route.access && 'permission' in route.access ? [{ ...route, permission: route.access.permission }] : [],
  );
}, 90_000);
afterAll(() => app?.stop());

const NOT_HELD = ['SIGN_IN_REQUIRED', 'ROLE_NOT_ALLOWED', 'SCOPE_NOT_GRANTED'];

/** Whether the guard lets a caller through: what the route itself says about unknown ids and empty inputs is not asked. */
async function isLetIn({ url, headers }: ApiClient, { method, path }: Route): Promise<boolean> {
  const address = new URL(path.replace(':id', randomUUID()), url);
  if (path === '/api/v1/events') return opens(address, headers);
  const bodiless = ['GET', 'HEAD', 'DELETE'].includes(method);
  const init = { method, headers: { ...headers, ...(!bodiless && { 'content-type': 'application/json' }) } };
  const answer = await fetch(address, { ...init, ...(!bodiless && { body: '{}' }) });
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  return !NOT_HELD.includes(code ?? '');
}

/** An answer without end is not read to its end. */
function opens(address: URL, headers: Readonly<Record<string, string>>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asking = get(address, { headers: { ...headers }, agent: false }, (answer) => {
      resolve(answer.statusCode === 200);
      answer.destroy();
    });
    asking.on('error', reject);
  });
}

async function signedInAs(role: MemberRole): Promise<ApiClient> {
  if (role === 'owner') return acme.admin;
  const email = `${role}@${acme.id}.example`;
  await acme.admin.post('members', { name: role, email, role, password: PASSWORD }).expect(201);
  return app.signIn(email);
}

const matrix = async (client: ApiClient) =>
  Promise.all(routes.map(async (route) => `${route.method} ${route.path} ${await isLetIn(client, route)}`));
const declared = (holds: (permission: string) => boolean) =>
  routes.map(({ method, path, permission }) => `${method} ${path} ${holds(permission)}`);

it('every permission that a route names is in the table, and every one in the table is somebody’s', () => {
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter(({ permission }) => !Object.hasOwn(PERMISSIONS, permission))).toEqual([]);
  for (const { roles } of Object.values(PERMISSIONS)) expect(roles).toContain('owner');
});

it.each(MEMBER_ROLES)('lets a signed-in %s through exactly where the table says so, on every route', async (role) => {
  const client = await signedInAs(role);
  expect(await matrix(client)).toEqual(declared((permission) => holdersOf(permission).roles.includes(role)));
});

it.each(SCOPES)('lets a key with %s through exactly where the table says so, on every route', async (scope) => {
  const client = await app.apiKey(acme, scope);
  expect(await matrix(client)).toEqual(declared((permission) => holdersOf(permission).scopes.includes(scope)));
});

it('lets nobody through who shows nothing, or a key that is none', async () => {
  const forged = app.stranger({ authorization: `Bearer sdk_${'0'.repeat(32)}_${'A'.repeat(43)}` });
  for (const client of [app.stranger(), forged]) expect(await matrix(client)).toEqual(declared(() => false));
});

it('docs/api.md shows this table (if not: scripts/describe-permissions.ts)', async () => {
  const document = await (await fetch(`${app.url}/api/openapi.json`)).json();
  const [, shown] = /<!-- permissions -->([^]*)<!-- end of permissions -->/.exec(
    await readFile('docs/api.md', 'utf8'),
  )!;
  const cells = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
  expect(cells(shown!)).toBe(cells(permissionTables(document as never)));
});
