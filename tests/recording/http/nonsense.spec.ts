import { randomUUID } from 'node:crypto';
import { type Route, routesOf } from '#platform/http/route-access.js';
import type { ApiClient } from '../../support/api-client.js';
import { WholeApp } from '../../support/whole-app.js';

let app: WholeApp;
let clientOfRoute: (route: Route, member: ApiClient) => ApiClient;
let routes: (Route & { client: ApiClient })[];
beforeAll(async () => {
  app = await WholeApp.start();
  const { admin } = await app.workspace();
  const { body } = await admin.post('recording-requests').expect(201);
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  clientOfRoute = ({ access }, member) => {
    if (access && 'customer' in access) return customer.api;
    return access && 'permission' in access ? member : app.stranger();
  };
  routes = routesOf(app.nest)
    .filter(({ path }) => /^\/(api\/v1\/(recording|customer|links)|uploads)/.test(path))
    .map((route) => ({ ...route, client: clientOfRoute(route, admin) }));
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

describe('every input that the description knows', () => {
  interface Schema {
    readonly $ref?: string;
    readonly type?: string | readonly string[];
    readonly properties?: Record<string, Schema>;
    readonly items?: Schema;
    readonly pattern?: string;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
  }
  let document: any;
  const resolved = (schema: Schema): Schema => {
    const { $ref, allOf, oneOf, anyOf } = schema;
    if ($ref) return resolved(document.components.schemas[$ref.split('/').at(-1)!] as Schema);
    const one = allOf?.[0] ?? (oneOf ?? anyOf)?.find((each) => each.$ref ?? each.type !== 'null');
    return one ? resolved(one) : schema;
  };
  const typesOf = ({ type = 'object' }: Schema) => [type].flat().map((each) => (each === 'integer' ? 'number' : each));
  const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
  const ODD: readonly unknown[] = [
    [],
    [[]],
    [null],
    {},
    { a: [] },
    0,
    -1e308,
    true,
    null,
    '',
    '\ud800',
    'a\udc00b',
    '\0',
    '\u202e\ufeff',
    'two\nlines',
    `${'a'.repeat(200_000)}\n`,
    `http://${'a.'.repeat(100_000)}`,
    `${'a.'.repeat(100_000)}@`,
    '99999-12-31T23:59:59Z',
  ];
  const WITHIN: readonly unknown[] = [[], 0, '\ud800', 'x', [[]]];
  /** Each odd value for each field, and for what a list or an object holds. */
  const cases = (schema: Schema): { field: string; value: unknown; isWrong: boolean }[] =>
    Object.entries(schema.properties ?? {}).flatMap(([field, given]) => {
      const [one, types] = [resolved(given), typesOf(resolved(given))];
      const pattern = one.pattern ? new RegExp(one.pattern) : null;
      const wrong = (value: unknown) =>
        value !== null && (!types.includes(typeOf(value)) || pattern?.test(String(value)) === false);
      const plain = ODD.map((value) => ({ field, value, isWrong: wrong(value) }));
      const item = one.items && resolved(one.items);
      const inLists = item
        ? WITHIN.map((value) => ({ field, value: [value], isWrong: !typesOf(item).includes(typeOf(value)) }))
        : [];
      const inner = Object.keys(one.properties ?? item?.properties ?? {}).flatMap((name) =>
        WITHIN.map((value) => ({ field, value: item ? [{ [name]: value }] : { [name]: value }, isWrong: false })),
      );
      return [...plain, ...inLists, ...inner];
    });
  const clientAt = (path: string, method: string) =>
    routes.find(
      (route) => route.path.replaceAll(/:\w+/g, '{}') === path.replaceAll(/\{\w+\}/g, '{}') && route.method === method,
    )?.client;
  const operations = () =>
    Object.entries(document.paths as Record<string, Record<string, any>>).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
  beforeAll(async () => {
    document = (await app.stranger().get('/api/openapi.json').expect(200)).body;
    const { admin } = await app.workspace();
    routes = routesOf(app.nest).map((route) => ({ ...route, client: clientOfRoute(route, admin) }));
  });

  it('is refused as input where it is of another type, and is never our fault', async () => {
    const wrongs: unknown[] = [];
    let [asked, slowest] = [0, 0];
    for (const { path, method, operation } of operations()) {
      const schema = operation.requestBody?.content?.['application/json']?.schema as Schema | undefined;
      const client = clientAt(path, method) ?? app.stranger();
      for (const { field, value, isWrong } of schema ? cases(resolved(schema)) : []) {
        const to = path.replaceAll(/\{\w+\}/g, randomUUID());
        const began = performance.now();
        const { status, body } = await client.send(method, to, { [field]: value });
        slowest = Math.max(slowest, performance.now() - began);
        asked++;
        const named = (body?.errors as { field: string }[] | undefined)?.some((each) => each.field.startsWith(field));
        const isNamed = named || ![200, 201, 202, 204, 400].includes(status);
        const shown = JSON.stringify(value).slice(0, 40);
        if (status >= 500 || (isWrong && !isNamed))
          wrongs.push({ method, path, field, shown, status, code: body?.code });
      }
    }
    expect(wrongs).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect(slowest).toBeLessThan(5000); // 70 s it was, once
  }, 120_000);

  it('in an address is never our fault, whatever years a cursor holds', async () => {
    const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
    const [id, time] = [randomUUID(), '2026-01-01T00:00:00.000Z'];
    const years = ['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', '0000-01-01T00:00:00.000Z']; // prettier-ignore
    const cursors = [...years.map((year) => cursorOf(year, id)), cursorOf(time, '\ud800'), cursorOf('\ud800', id), cursorOf(1e308, id), cursorOf([], [])]; // prettier-ignore
    const texts = ['%ED%A0%80', '%00', '', 'a&NAME=b', '9'.repeat(400), '-1', '1e308', 'NaN', encodeURIComponent('\u202e'), 'x'.repeat(8000)]; // prettier-ignore
    const wrongs: unknown[] = [];
    for (const { path, method, operation } of operations().filter((each) => each.method === 'GET')) {
      const client = clientAt(path, method) ?? app.stranger();
      for (const { name, in: where } of (operation.parameters ?? []) as { name: string; in: string }[]) {
        if (where !== 'query') continue;
        for (const value of [...texts, ...(name === 'cursor' ? cursors : [])]) {
          const query = `${name}=${value.replace('NAME', name)}`;
          const { status } = await client.get(`${path.replaceAll(/\{\w+\}/g, randomUUID())}?${query}`);
          if (status >= 500) wrongs.push({ path, query: query.slice(0, 80), status });
        }
      }
    }
    expect(wrongs).toEqual([]);
  }, 120_000);
});

it('and none of it is logged as a failure', () => {
  expect(app.log()).not.toContain('"level":"error"');
});
