import { randomUUID } from 'node:crypto';
import { type Route, routesOf } from '#platform/http/route-access.js';
import type { ApiClient } from '../../support/api-client.js';
import { WholeApp } from '../../support/whole-app.js';

let app: WholeApp;
let routes: (Route & { client: ApiClient })[];
beforeAll(async () => {
  app = await WholeApp.start();
  const { admin } = await app.workspace();
  const { body } = await admin.post('recording-requests').expect(201);
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  const clientOf = ({ access }: Route) => {
    if (access && 'customer' in access) return customer.api;
    return access && 'roles' in access ? admin : app.stranger();
  };
  routes = routesOf(app.nest)
    .filter(({ path }) => /^\/(api\/v1\/(recording|customer|links)|uploads)/.test(path))
    .map((route) => ({ ...route, client: clientOf(route) }));
});
afterAll(() => app?.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const bodies: [string, string, Record<string, string>?][] = [
  ['nothing', '', JSON_TYPE],
  ['a list', '[]'],
  ['lists of lists', `${'['.repeat(50)}${']'.repeat(50)}`],
  ['half an object', '{"code":'],
  ['a word', '"code"'],
  ['null', 'null'],
  ['a prototype', '{"__proto__":{"admin":true},"constructor":{}}'],
  ['objects for words', '{"code":{},"reason":{},"textSha256":[],"uploads":{},"ticket":[],"customerName":{"a":1}}'],
  ['numbers for words', '{"code":1e999,"reason":0,"uploads":[1,null,"x"],"expiresInHours":1e999,"trim":3}'],
  ['too much', JSON.stringify({ message: 'x'.repeat(300_000) })],
  ['another encoding', '{"code":"x"}', { 'content-type': 'application/json; charset=utf-77' }],
  ['a compression we do not know', '{"code":"x"}', { ...JSON_TYPE, 'content-encoding': 'zstd-42' }],
  ['what is not compressed as it says', '{"code":"x"}', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ['a form', 'code=x&uploads[]=1', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['bytes', '\0\u0001\u0002', { 'content-type': 'application/octet-stream' }],
];

it.each(bodies)('a body of %s is never our fault', async (_, body, headers = JSON_TYPE) => {
  const bodied = routes.filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
  expect(bodied.length).toBeGreaterThan(10);
  for (const { client, method, path } of bodied) {
    const { status } = await client.send(method, path.replace(':id', randomUUID()), Buffer.from(body), headers);
    expect({ method, path, ours: status >= 500 }).toEqual({ method, path, ours: false });
  }
});

it.each(['nonsense', '%00', '..%2f..%2fetc', '%ff', 'a'.repeat(2000), `${randomUUID()}%00`, '💥'])(
  'an id like %s is never our fault, nor a query like it',
  async (id) => {
    for (const { client, method, path } of routes) {
      const written = path.replace(':id', id.includes('%') ? id : encodeURIComponent(id));
      const query = encodeURIComponent(id);
      const { status } = await client.send(
        method,
        `${written}?cursor=${query}&q=${query}&ticket=${query}&after=${query}`,
      );
      expect({ method, path, ours: status >= 500 }).toEqual({ method, path, ours: false });
    }
  },
);

it('and none of it is logged as a failure', () => {
  expect(app.log()).not.toContain('"level":"error"');
});
