import { Controller, Get } from '@nestjs/common';
import pg from 'pg';
import request from 'supertest';
import { openPool } from '#platform/database/database.js';
import { EventStoreAway } from '#platform/event-store/event-store.js';
import { Access } from '#platform/http/access.js';
import { ObjectAltered, ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { startProxy } from '../support/tcp-proxy.js';
import { probeApp, type Probe } from './probe-app.js';

/** What reads do, over whichever line to a real PostgreSQL a test has laid. */
let read: () => Promise<unknown>;
@Controller('api/v1/probe')
class ReadController {
  @Get('read') @Access({ public: 'A probe.' }) read() {
    return read();
  }
}

let probe: Probe;
beforeAll(async () => {
  probe = await probeApp({ controllers: [ReadController] });
});
afterAll(() => probe.app.close());
const http = () => request(probe.app.getHttpServer());
const ID = '3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f';

describe('problem documents', () => {
  it('says a refusal with its status, code, sentence and details, which cannot overwrite them', async () => {
    const { status, body, headers } = await http().get('/api/v1/probe/refusal/gone').set('X-Correlation-Id', ID);
    expect(status).toBe(410);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toEqual({
      type: 'https://screendesk.dev/problems/link-expired',
      title: 'Gone',
      status: 410,
      detail: 'This link has expired.',
      code: 'LINK_EXPIRED',
      correlationId: ID,
      receivedAt: 'then',
    });
  });

  it.each([
    ['conflict', 409],
    ['invalid', 400],
    ['unauthenticated', 401],
    ['not_found', 404],
    ['gone', 410],
    ['forbidden', 403],
    ['stale', 412],
    ['too_large', 413],
    ['rate_limited', 429],
  ])('answers the kind %s with %i', async (kind, status) => {
    expect((await http().get(`/api/v1/probe/refusal/${kind}`)).status).toBe(status);
  });

  it('answers a lost race with 409, and with 412 when the caller had named a version', async () => {
    expect((await http().post('/api/v1/probe/race')).body.code).toBe('CHANGED_MEANWHILE');
    const stale = await http().post('/api/v1/probe/race').set('If-Match', '"3"');
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION']);
  });

  it('says 503 of what a newer program wrote: another server may know it', async () => {
    const { status, body, headers } = await http().post('/api/v1/probe/newer');
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'NOT_READY', '5']);
    expect(JSON.stringify(body)).not.toContain('MemberAdded');
  });

  it('tells nobody about a bug but the log, which joins by the correlation id and keeps no personal data', async () => {
    const { status, body } = await http().get('/api/v1/probe/bug').set('X-Correlation-Id', ID);
    expect(status).toBe(500);
    expect(Object.keys(body).sort()).toEqual(['code', 'correlationId', 'detail', 'status', 'title', 'type']);
    expect(JSON.stringify(body)).not.toMatch(/cannot reach|Ada|sdk_/);
    const line = probe.lines.find(({ msg }) => msg === 'Unexpected failure')!;
    expect(line.correlationId).toBe(ID);
    expect(line.err).toMatchObject({ type: 'Error', message: 'cannot reach [e-mail] with sdk_[secret]' });
    expect(probe.text()).not.toMatch(/Ada|ada@|sdk_abc/);
  });

  it('cuts the connection when a bug comes after the answer had begun', async () => {
    await expect(http().get('/api/v1/probe/late-bug')).rejects.toThrow(/aborted|hang up/);
  });

  it('refuses an address that cannot be decoded', async () => {
    const { status, body } = await http().get('/api/v1/probe/refusal/%ff');
    expect([status, body.code]).toEqual([400, 'REQUEST_MALFORMED']);
  });

  it.each([
    ['PUT', '/api/v1/probe/public', 'GET, HEAD'],
    ['DELETE', '/api/v1/probe/agent/', 'GET, HEAD, POST'],
    ['OPTIONS', '/api/v1/PROBE/refusal/gone?x=1', 'GET, HEAD'],
    ['GET', '/uploads', 'PUT'],
  ])('answers %s %s with 405 and what is allowed there', async (method, path, allowed) => {
    const { status, body, headers } = await http()[method.toLowerCase() as 'put'](path);
    expect([status, body.code, headers['allow']]).toEqual([405, 'METHOD_NOT_ALLOWED', allowed]);
  });

  it('says 404 in its own words, without repeating the address', async () => {
    const { status, body, text } = await http().get('/api/v1/nothing/secret-code');
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    expect(text).not.toContain('secret-code');
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=x'],
    ['a form with files', 'multipart/form-data; boundary=x', '--x--'],
    ['text', 'text/plain', '{"name":"x"}'],
    ['JSON of another kind', 'application/ld+json', '{"name":"x"}'],
    ['no type', '', '{"name":"x"}'],
  ])('refuses %s with 415 and says what it takes, before anything of it is used', async (_what, type, sent) => {
    const post = http()
      .post('/api/v1/probe/key')
      .serialize((text: string) => text);
    const { status, body, headers } = await post.set('Content-Type', type).send(sent);
    expect([status, body.code, headers['accept']]).toEqual([415, 'MEDIA_TYPE_NOT_SUPPORTED', 'application/json']);
  });

  it('takes JSON in any spelling of its type, and no body without one', async () => {
    const post = () => http().post('/api/v1/probe/key');
    expect((await post().set('Content-Type', 'Application/JSON; charset=UTF-8').send('{}')).status).toBe(201);
    expect((await post()).status).toBe(201);
    expect((await post().set('Content-Length', '0')).status).toBe(201);
  });

  it.each([
    ['broken', '{"name":', 400, 'REQUEST_MALFORMED'],
    ['not an object', '"text"', 400, 'REQUEST_MALFORMED'],
    ['a list of one', '[{"name":"x"}]', 400, 'BODY_NOT_AN_OBJECT'],
    ['too large', JSON.stringify({ name: 'x'.repeat(300_000) }), 413, 'BODY_TOO_LARGE'],
    ['polluting by __proto__', '{"__proto__":{"admin":true},"name":"x"}', 400, 'BODY_KEY_NOT_ALLOWED'],
    [
      'polluting by constructor',
      '{"address":{"constructor":{"prototype":{"admin":true}}}}',
      400,
      'BODY_KEY_NOT_ALLOWED',
    ],
    ['nested for ever', `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, 'BODY_TOO_DEEP'],
  ])('refuses a body that is %s', async (_what, sent, status, code) => {
    const answer = await http().post('/api/v1/probe/orders').type('json').send(sent);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuses an encoding or charset it does not know', async () => {
    const post = () => http().post('/api/v1/probe/orders').type('json');
    expect((await post().set('Content-Encoding', 'zstd-9').send('{}')).body.code).toBe('MEDIA_TYPE_NOT_SUPPORTED');
    expect(
      (await http().post('/api/v1/probe/orders').set('Content-Type', 'application/json; charset=koi8').send('{}'))
        .status,
    ).toBe(415);
  });

  it('lists what is wrong with the input by field, and never its values', async () => {
    const order = {
      name: 7,
      amount: 99,
      address: { city: 'x'.repeat(11) },
      tags: [{ id: 'x' }],
      words: ['c'],
      extra: 'hidden-value',
    };
    const { status, body, text } = await http().post('/api/v1/probe/orders').send(order);
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
    const fields = (body.errors as { field: string; message: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['address.city', 'amount', 'extra', 'name', 'tags.0.id', 'words']);
    expect(text).not.toContain('hidden-value');
  });
});

describe('a part of ours that is away', () => {
  const server = new URL(process.env.TEST_DATABASE_URL!);
  const line = new AsyncDisposableStack();
  afterAll(() => line.disposeAsync());
  const poolTo = (url: URL, max = 2) => line.adopt(openPool(url.href, max), (pool) => pool.end());
  const asAdmin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.href });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const expectAway = async () => {
    const { status, body, headers } = await http().get('/api/v1/probe/read');
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'TEMPORARILY_UNAVAILABLE', '5']);
    expect(body.detail).toBe('This server cannot reach its data just now. Try again in a moment.');
    const said = { level: 'warn', msg: 'A part of this server is away' };
    expect(probe.lines).toContainEqual(expect.objectContaining(said));
  };

  it('is said with 503 and when to come back while the line to PostgreSQL is cut, and answers once it is whole', async () => {
    const wire = await startProxy(server);
    const pool = poolTo(new URL(server.href.replace(server.host, `127.0.0.1:${wire.port}`)));
    const slow = () => pool.query('SELECT pg_sleep(30)');
    read = async () => (await pool.query('SELECT 1 AS one')).rows;
    expect((await http().get('/api/v1/probe/read')).body).toEqual([{ one: 1 }]);
    read = () => (setTimeout(() => wire.cut(), 50), slow());
    await expectAway(); // Connection terminated unexpectedly
    read = () => pool.query('SELECT 1');
    expect((await http().get('/api/v1/probe/read')).status).toBe(200);
    await wire.stop();
    await expectAway(); // ECONNREFUSED
  });

  it('is said when PostgreSQL ends connections, and when it has none left', async () => {
    const [role, password] = [`t_few_${process.pid}`, 'few'];
    await asAdmin(`CREATE ROLE ${role} LOGIN PASSWORD '${password}' CONNECTION LIMIT 1`);
    line.defer(() => asAdmin(`DROP ROLE ${role}`));
    const pool = poolTo(Object.assign(new URL(server), { username: role, password }));
    const end = () => asAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
    read = () => Promise.all([pool.query('SELECT pg_sleep(0.2)'), pool.query('SELECT 1')]);
    await expectAway(); // 53300
    read = () => Promise.all([pool.query('SELECT pg_sleep(30)'), pool.query('SELECT 1').catch(() => end())]);
    await expectAway(); // 57P01
  });

  it('is said while it lets our role in no more, while the database takes nobody, and by a standby', async () => {
    const [role, password] = [`t_out_${process.pid}`, 'out'];
    await asAdmin(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    line.defer(() => asAdmin(`DROP ROLE ${role}`));
    const pool = poolTo(Object.assign(new URL(server), { username: role, password }));
    read = () => pool.query('SELECT 1');
    await asAdmin(`ALTER ROLE ${role} NOLOGIN`);
    await expectAway(); // 28000
    await asAdmin(`ALTER ROLE ${role} LOGIN PASSWORD 'another'`);
    await expectAway(); // 28P01
    const closed = `t_closed_${process.pid}`;
    await asAdmin(`CREATE DATABASE ${closed} ALLOW_CONNECTIONS false`);
    line.defer(() => asAdmin(`DROP DATABASE ${closed}`));
    const nowhere = poolTo(Object.assign(new URL(server), { pathname: closed }));
    read = () => nowhere.query('SELECT 1');
    await expectAway(); // 55000
    const standby = poolTo(server);
    read = () => standby.query('BEGIN READ ONLY; CREATE TABLE kept ()');
    await expectAway(); // 25006
  });

  it('is said when the pool is too busy to lend one in its time', async () => {
    const pool = poolTo(server, 1);
    const held = await pool.connect();
    pool.options.connectionTimeoutMillis = 50;
    read = () => pool.query('SELECT 1');
    await expectAway().finally(() => held.release());
  });

  it.each([
    ['disk, which is full', Object.assign(new Error('no space left'), { code: 'ENOSPC' })],
    ['event store', new EventStoreAway(new Error('UNAVAILABLE'))],
    ['object storage', new ObjectStorageAway(new Error('ETIMEDOUT'))],
    ['object storage, or whoever answers in its place', new ObjectAltered('recordings/1')],
  ])('may be the %s', async (_what, away) => {
    read = () => Promise.reject(away);
    await expectAway();
  });

  it('excuses nothing that PostgreSQL says in so many words', async () => {
    const pool = poolTo(server);
    read = () => pool.query('SELECT no_such_column');
    expect((await http().get('/api/v1/probe/read')).status).toBe(500);
  });
});

describe('correlation ids', () => {
  it('makes one when the caller sends none, or something else', async () => {
    for (const offered of ['', 'x'.repeat(4000), `${ID}-and-more`]) {
      const { headers } = await http().get('/api/v1/probe/public').set('X-Correlation-Id', offered);
      expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-correlation-id']).not.toBe(ID);
    }
  });

  it('takes and echoes a UUID', async () => {
    const { headers } = await http().get('/api/v1/probe/public').set('X-Correlation-Id', ID.toUpperCase());
    expect(headers['x-correlation-id']).toBe(ID);
  });
});

describe("a call's own name", () => {
  const answeredTo = async (path: string, name: string) =>
    (await http().get(path).set('Screendesk-Call', name)).headers['screendesk-call'] as string | undefined;

  it('is said back with whatever answer, so that nothing else passes for ours', async () => {
    const paths = ['/api/v1/probe/public', '/api/v1/probe/refusal/gone', '/api/v1/probe/bug', '/api/v1/nowhere'];
    for (const path of paths) expect(await answeredTo(path, ID)).toBe(ID);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'x'],
    ['one too long', `${ID}0`],
    ['one in capitals', ID.toUpperCase()],
    ['far too much', 'a'.repeat(5000)],
  ])('is not said back when it is %s', async (_, name) => {
    expect(await answeredTo('/api/v1/probe/public', name)).toBeUndefined();
  });
});
