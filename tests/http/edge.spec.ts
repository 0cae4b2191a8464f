import request from 'supertest';
import { acceptsWrites } from '#platform/database/accepts-writes.js';
import { openPool } from '#platform/database/database.js';
import { stateTag } from '#platform/http/entity-tag.js';
import { eventually } from '../support/eventually.js';
import { startProxy } from '../support/tcp-proxy.js';
import { asCaller, probeApp, type Probe } from './probe-app.js';

let probe: Probe;
beforeAll(async () => {
  probe = await probeApp();
});
afterAll(() => probe.app.close());
const http = () => request(probe.app.getHttpServer());

describe('headers of every answer', () => {
  it('let nothing run, be framed, be sniffed or be cached', async () => {
    const { headers } = await http().get('/api/v1/probe/public');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('display-capture=(self)');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('are on refusals too', async () => {
    const { headers } = await http().get('/api/v1/nowhere');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
  });
});

it('leaves it to proxies to close connections that nobody uses', async () => {
  const { headers } = await http().get('/api/v1/probe/public').set('connection', 'keep-alive');
  expect(headers['keep-alive']).toBe('timeout=75');
});

describe('uploads', () => {
  it('stream past every parser, whatever type they claim', async () => {
    const sent = '{"__proto__":1}'.padEnd(1_000_000);
    const { body } = await http().put('/uploads').type('json').send(sent);
    expect(body).toEqual({ bytes: 1_000_000, parsed: false });
  });
});

describe('request headers that carry meaning', () => {
  const send = (headers: Record<string, string>) => http().post('/api/v1/probe/key').set(headers);

  it('reads an Idempotency-Key and an If-Match', async () => {
    const { body } = await send({ 'Idempotency-Key': 'order 7/a', 'If-Match': '"12"' });
    expect(body).toEqual({ key: 'order 7/a', version: 12 });
    expect((await send({ 'If-Match': '*' })).body).toEqual({ key: null, version: null });
    expect((await send({ 'If-Match': stateTag(7, { any: 'thing' }) })).body).toEqual({ key: null, version: 7 });
    expect((await send({ 'If-Match': stateTag(-1, null) })).body).toEqual({ key: null, version: -1 });
  });

  it.each([
    [{ 'Idempotency-Key': 'x'.repeat(256) }, 400, 'IDEMPOTENCY_KEY_INVALID'],
    [{ 'Idempotency-Key': 'clé' }, 400, 'IDEMPOTENCY_KEY_INVALID'],
    [{ 'If-Match': 'W/"3"' }, 412, 'STALE_VERSION'],
    [{ 'If-Match': '"3", "4"' }, 400, 'IF_MATCH_INVALID'],
    [{ 'If-Match': '"-2"' }, 400, 'IF_MATCH_INVALID'],
  ] as [Record<string, string>, number, string][])('refuses %j with %i', async (headers, status, code) => {
    const answer = await send(headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('limits on calls', () => {
  it('refuse the caller who calls too often, say when to return, and leave others and pages alone', async () => {
    const few = await probeApp({ settings: { apiCallsPerMinute: 3, trustedProxyHops: 1 } });
    const call = (path: string, from: string) =>
      request(few.app.getHttpServer()).get(path).set('X-Forwarded-For', from);
    for (let n = 0; n < 3; n += 1) expect((await call('/api/v1/probe/public', '198.51.100.7')).status).toBe(200);
    const refused = await call('/api/v1/probe/public', '198.51.100.7');
    expect([refused.status, refused.body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await call('/api/v1/probe/public', '::ffff:198.51.100.7')).status).toBe(429);
    expect((await call('/API/v1/probe/public', '198.51.100.7')).status).toBe(429);
    expect((await call('/healthz', '198.51.100.7')).status).toBe(200);
    expect((await call('/api/v1/probe/public', '198.51.100.8')).status).toBe(200);
    await few.app.close();
  });

  it('believe no X-Forwarded-For where no proxy is configured', async () => {
    const few = await probeApp({ settings: { apiCallsPerMinute: 1 } });
    const call = (from: string) =>
      request(few.app.getHttpServer()).get('/api/v1/probe/public').set('X-Forwarded-For', from);
    expect((await call('198.51.100.7')).status).toBe(200);
    expect((await call('198.51.100.8')).status).toBe(429);
    const warnings = few.lines.filter(({ msg }) => /set TRUST_PROXY/.test(String(msg)));
    expect(warnings).toHaveLength(1);
    expect(few.text()).not.toContain('198.51.100');
    await few.app.close();
  });

  it.each([
    ['a port behind it', '198.51.100.7:4711', '198.51.100.7', '198.51.100.8:4711'],
    ['brackets and a port', '[2001:db8:1:2::1]:443', '2001:db8:1:2::9', '[2001:db8:1:3::1]:443'],
    ['brackets alone', '[2001:db8:1:2::1]', '2001:db8:1:2:ffff::', '2001:db8:1:3::1'],
    ['quotes', '"[2001:db8:1:2::1]:80"', '2001:db8:1:2::1', '"198.51.100.7:80"'],
    ['nonsense for it, as the proxy itself', 'unknown', '_hidden', '198.51.100.7'],
  ])('know an address with %s', async (_, one, same, another) => {
    const few = await probeApp({ settings: { apiCallsPerMinute: 1, trustedProxyHops: 1 } });
    const call = async (from: string) =>
      (await request(few.app.getHttpServer()).get('/api/v1/probe/public').set('X-Forwarded-For', from)).status;
    expect([await call(one), await call(same), await call(another)]).toEqual([200, 429, 200]);
    await few.app.close();
  });

  it('believe only what the nearest proxy wrote, not what the caller put before it', async () => {
    const few = await probeApp({ settings: { apiCallsPerMinute: 1, trustedProxyHops: 1 } });
    const call = (from: string) =>
      request(few.app.getHttpServer()).get('/api/v1/probe/public').set('X-Forwarded-For', from);
    expect((await call('192.0.2.1, 198.51.100.7')).status).toBe(200);
    expect((await call('192.0.2.2, 198.51.100.7')).status).toBe(429);
    await few.app.close();
  });
});

describe('the log', () => {
  it('names the route and never the address, the query, a header or a body', async () => {
    const logged = await probeApp();
    const call = () => request(logged.app.getHttpServer());
    const caller = asCaller({
      kind: 'customer',
      id: 'r-1',
      workspaceId: 'w-1',
      via: { kind: 'link', id: '1' },
      proof: { by: 'link' },
    });
    await call().get('/api/v1/probe/refusal/gone?code=secretquery').set('Cookie', 'a=secretcookie');
    await call().get('/api/v1/probe/customer').set('Authorization', caller);
    await call().post('/api/v1/probe/orders').send({ name: 'secretname' });
    await call().get('/secretpath');
    expect(logged.text()).not.toMatch(/secret(query|cookie|name|path)/);
    expect(logged.text()).not.toContain(caller);
    const answered = logged.lines.filter(({ msg }) => msg === 'Answered');
    expect(answered.map(({ route, status, kind }) => [route, status, kind])).toEqual([
      ['/api/v1/probe/refusal/:kind', 410, 'nobody'],
      ['/api/v1/probe/customer', 200, 'customer'],
      ['/api/v1/probe/orders', 400, 'nobody'],
      ['unmatched', 404, 'nobody'],
    ]);
    await logged.app.close();
  });
});

describe('health', () => {
  it('is alive without being ready, and says which part is missing but not why', async () => {
    const broken = { name: 'database', check: () => Promise.reject(new Error('password of postgres://…')) };
    const silent = await startProxy(new URL(process.env.TEST_DATABASE_URL!));
    const pool = openPool(silent.through(process.env.TEST_DATABASE_URL!), 1);
    await acceptsWrites(pool);
    silent.freeze();
    const hangs = { name: 'queue', check: () => acceptsWrites(pool) };
    const fine = { name: 'storage', check: () => Promise.resolve() };
    const sick = await probeApp({ checks: [broken, hangs, fine] });
    expect((await request(sick.app.getHttpServer()).get('/healthz')).body).toEqual({ status: 'ok' });
    const { status, body, headers } = await request(sick.app.getHttpServer()).get('/readyz');
    const checks = { database: 'failed', queue: 'failed', storage: 'ok' };
    expect([status, headers['retry-after'], body]).toEqual([503, '5', { status: 'not_ready', checks }]);
    await eventually(() => expect(pool.totalCount).toBe(0), 5_000); // the next look asks on another
    await sick.app.close();
    await silent.stop();
    await pool.end();
  });

  it('gives metrics to this machine, by route template, but not through a proxy', async () => {
    await http().get('/api/v1/probe/refusal/gone');
    const { text } = await http().get('/metrics');
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/probe\/refusal\/:kind",status="410"\} \d/,
    );
    expect((await http().get('/metrics').set('X-Forwarded-For', '127.0.0.1')).status).toBe(404);
  });

  it('gives metrics to the holder of the configured token only', async () => {
    const { app } = await probeApp({ settings: { metricsToken: 'scrape-me' } });
    const scrape = (token: string) =>
      request(app.getHttpServer()).get('/metrics').set('Authorization', `Bearer ${token}`);
    expect((await scrape('scrape-me')).status).toBe(200);
    expect((await scrape('scrape-m')).status).toBe(404);
    expect((await request(app.getHttpServer()).get('/metrics')).status).toBe(404);
    await app.close();
  });
});

describe('OpenAPI', () => {
  it('describes routes with who may call them, and the problem document', async () => {
    const { body } = await http().get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const agent = body.paths['/api/v1/probe/agent'].get;
    expect(agent['x-access']).toEqual({ permission: 'recordings.read' });
    expect(agent.security).toEqual([{ session: [] }, { apiKey: [] }]);
    expect(agent.operationId).toBe('Probe.agent');
    expect(Object.keys(agent.responses)).toEqual(['200', '401', '403', '429', '500', '503']);
    const problem = body.components.responses.Problem401.content['application/problem+json'].schema;
    expect(problem).toEqual({ $ref: '#/components/schemas/Problem' });
    expect(body.components.schemas.Problem.required).toContain('correlationId');
    expect(body.paths['/api/v1/probe/customer'].get.security).toEqual([{ capability: [] }]);
    expect(Object.keys(body.components.securitySchemes).sort()).toEqual(['apiKey', 'capability', 'session']);
    expect(body.paths['/metrics']).toBeUndefined();
  });

  it('declares the headers that a route reads, and what follows from them', async () => {
    const { body } = await http().get('/api/openapi.json');
    const { parameters, responses } = body.paths['/api/v1/probe/key'].post;
    expect(parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['Idempotency-Key', 'If-Match']);
    expect(Object.keys(responses)).toEqual(['201', '400', '412', '429', '500', '503']);
    expect(Object.keys(body.paths['/api/v1/probe/orders'].post.responses)).toEqual(
      expect.arrayContaining(['413', '415']),
    );
  });

  it('describes inputs by the very rules that check them', async () => {
    const { body } = await http().get('/api/openapi.json');
    const { Order, Address, Tag } = body.components.schemas;
    expect(Order.required.sort()).toEqual(['address', 'amount', 'name', 'tags', 'words']);
    expect(Order.properties).toEqual({
      name: { type: 'string' },
      amount: { type: 'integer', maximum: 9 },
      address: { $ref: '#/components/schemas/Address' },
      tags: { type: 'array', items: { $ref: '#/components/schemas/Tag' }, maxItems: 3 },
      words: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      note: { type: ['string', 'null'], minLength: 1, maxLength: 5, pattern: '^x' },
    });
    expect(Address).toEqual({
      type: 'object',
      required: ['city'],
      properties: { city: { type: 'string', maxLength: 10 } },
    });
    expect(Tag.properties.id).toEqual({ type: 'string', format: 'uuid' });
    const query = body.paths['/api/v1/probe/page'].get.parameters;
    expect(query).toEqual([{ name: 'cursor', in: 'query', required: true, schema: { type: 'string' } }]);
  });
});
