import { randomUUID } from 'node:crypto';
import { apiKey } from '#modules/identity/domain/api-key.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { afterToken } from '#platform/streams/after-token.js';
import { Streams } from '#platform/streams/streams.js';
import { type Founded, IdentityApp } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
let admin: ReturnType<IdentityApp['as']>;
beforeAll(async () => {
  identity = await IdentityApp.start();
  acme = await identity.found();
  admin = identity.as(await identity.signIn(acme.email));
});
afterAll(() => identity.close());

const issue = (input: object = {}) =>
  admin.post('api-keys').send({ name: 'Helpdesk of Wilhelmina', scopes: ['recordings:read'], ...input });
const call = (key: string, path = 'whoami', method: 'get' | 'post' = 'get') =>
  identity.http()[method](`/api/v1/${path}`).set('Authorization', `Bearer ${key}`);
const listed = async (after?: string) => {
  const { body } = await admin.get('api-keys').query({ ...(after && { after }) });
  return body.items as { id: string; name: string; prefix: string; lastUsedAt: string | null }[];
};

describe('an API key', () => {
  it('is shown once, opens what its scopes name, and no more', async () => {
    const { status, body } = await issue();
    expect(status).toBe(201);
    expect(body.key).toMatch(/^sdk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
    expect(body.key.startsWith(body.prefix)).toBe(true);
    const caller = { kind: 'api_key', id: body.id, workspaceId: acme.workspaceId, scopes: ['recordings:read'] };
    expect((await call(body.key)).body).toMatchObject(caller);
    expect((await call(body.key, 'whoami', 'post')).body.code).toBe('SCOPE_NOT_GRANTED');
    expect((await call(body.key, 'members')).status).toBe(403);
    expect((await call(body.key, 'api-keys')).status).toBe(403);
    expect((await call(body.key, 'session')).status).toBe(403);
  });

  it('is listed without its secret, which lies nowhere, and its name only sealed', async () => {
    const { body, headers } = await issue();
    const row = (await listed(headers['screendesk-after'])).find(({ id }) => id === body.id)!;
    expect(row).toEqual({
      id: body.id,
      name: 'Helpdesk of Wilhelmina',
      prefix: body.prefix,
      scopes: ['recordings:read'],
      holder: { id: acme.adminId, name: 'Ada Lovelace' },
      createdAt: expect.any(String) as string,
      lastUsedAt: null,
    });
    const secret = (body.key as string).slice(-43);
    for (const table of ['identity.api_key_secret', 'identity_v3.api_key_list', 'es.event', 'es.event_pii']) {
      const { rows } = await identity.database.pool.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
      expect(rows.map(({ text }) => text).join()).not.toMatch(new RegExp(`Wilhelmina|${secret}`));
    }
    expect(identity.log()).not.toContain(secret);
  });

  it('remembers its last use to the minute', async () => {
    const { body, headers } = await issue();
    await call(body.key);
    const after = headers['screendesk-after'];
    const [first] = (await listed(after)).filter(({ id }) => id === body.id);
    identity.clock.forward(30_000);
    await call(body.key);
    expect((await listed(after)).find(({ id }) => id === body.id)!.lastUsedAt).toBe(first!.lastUsedAt);
    identity.clock.forward(31_000);
    await call(body.key);
    const last = (await listed(after)).find(({ id }) => id === body.id)!.lastUsedAt!;
    expect(Date.parse(last)).toBeGreaterThan(Date.parse(first!.lastUsedAt!));
  });

  it('opens nothing once revoked, and revoking again is no error', async () => {
    const { body } = await issue();
    expect((await call(body.key)).status).toBe(200);
    const { headers } = await admin.delete(`api-keys/${body.id}`).expect(204);
    expect((await call(body.key)).status).toBe(401);
    expect((await listed(headers['screendesk-after'])).some(({ id }) => id === body.id)).toBe(false);
    await admin.delete(`api-keys/${body.id}`).expect(204);
  });

  it('is not given out twice for one Idempotency-Key', async () => {
    const key = randomUUID();
    const again = () => issue().set('Idempotency-Key', key);
    const answers = await Promise.all([again(), again(), again()]);
    const codes = answers.map(({ status }) => status).sort();
    expect(codes).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('API_KEY_ALREADY_ISSUED');
  });

  it('cannot be revoked from another workspace, where it is as unknown as none', async () => {
    const { body } = await issue();
    const other = identity.as(await identity.signIn((await identity.found()).email));
    const said = async (id: string) => {
      const { status, text } = await other.delete(`api-keys/${id}`);
      return [status, text.replace(/"correlationId":"[^"]+"/, '')];
    };
    expect(await said(body.id)).toEqual(await said(randomUUID()));
    expect((await said(body.id))[0]).toBe(404);
    expect((await call(body.key)).status).toBe(200);
  });

  it.each([
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['everything'] }],
    ['a scope twice', { scopes: ['recordings:read', 'recordings:read'] }],
    ['a scope that is no text', { scopes: [{}] }],
    ['no name', { name: '' }],
  ])('is not made with %s', async (_what, input) => {
    expect((await issue(input)).status).toBe(400);
  });

  it('is not recognised when anything about it is wrong', async () => {
    const { body } = await issue();
    const key = body.key as string;
    const flipped = key.slice(0, -2) + (key.at(-2) === 'A' ? 'B' : 'A') + key.at(-1);
    const other = `sdk_${randomUUID().replaceAll('-', '')}_${key.slice(-43)}`;
    for (const wrong of [flipped, other, key.slice(0, -1), `${key}A`, key.toUpperCase(), 'sdk__', 'sdk_x_y']) {
      expect((await call(wrong)).status).toBe(401);
    }
    const header = (value: string) => identity.http().get('/api/v1/whoami').set('Authorization', value);
    expect((await header(`Basic ${Buffer.from(key).toString('base64')}`)).status).toBe(401);
    expect((await header(`Bearer  ${key} `)).status).toBe(401);
    expect((await identity.http().get('/api/v1/whoami').query({ api_key: key })).status).toBe(401);
  });
});

describe('the keys of a member whose role may make none any more', () => {
  it('open nothing for that time', async () => {
    const { id, cookie } = await identity.agent(await identity.signIn(acme.email), undefined, 'admin');
    const made = await identity
      .as(cookie)
      .post('api-keys')
      .send({ name: 'x', scopes: ['recordings:read'] });
    const { key } = made.body as { key: string };
    for (const [role, status] of [
      ['auditor', 401],
      ['agent', 401],
      ['admin', 200],
    ] as const) {
      await admin.patch(`members/${id}`).send({ role }).expect(204);
      expect((await call(key)).status).toBe(status);
    }
  });
});

describe('the keys of a member who is removed', () => {
  const leaver = async () => {
    const member = await identity.agent(await identity.signIn(acme.email), undefined, 'admin');
    const { body } = await identity
      .as(member.cookie)
      .post('api-keys')
      .send({ name: 'x', scopes: ['recordings:read'] });
    return { id: member.id, keyId: body.id as string, key: body.key as string };
  };

  it('must be decided about: nobody is removed before', async () => {
    const { id, keyId, key } = await leaver();
    const { status, body } = await admin.delete(`members/${id}`);
    expect([status, body.code, body.keys]).toEqual([409, 'API_KEYS_UNDECIDED', [keyId]]);
    expect((await call(key)).status).toBe(200);
  });

  it('are revoked in the same step', async () => {
    const { id, keyId, key } = await leaver();
    const { headers } = await admin.delete(`members/${id}`).query({ keys: 'revoke' }).expect(204);
    expect((await call(key)).status).toBe(401);
    expect((await identity.app.get(Streams).load(apiKey, keyId)).state).toMatchObject({ status: 'revoked' });
    expect(headers['screendesk-after']).toBeDefined();
  });

  it('or are handed over and go on, until their new holder leaves', async () => {
    const { id, keyId, key } = await leaver();
    const heir = await leaver();
    await admin.delete(`members/${id}`).query({ keys: heir.id.toUpperCase() }).expect(204);
    expect((await call(key)).status).toBe(200);
    const { state, version } = await identity.app.get(Streams).load(apiKey, keyId);
    expect(state).toMatchObject({ status: 'live', holderId: heir.id });
    const scope = { kind: 'workspace', id: acme.workspaceId } as const;
    const after = await afterToken(identity.app.get(KeyRing), scope, { stream: `api_key-${keyId}`, version });
    const row = (await listed(after)).find((one) => one.id === keyId);
    expect(row).toMatchObject({ holder: { id: heir.id, name: 'Bob Agent' } });
    await admin.delete(`members/${heir.id}`).query({ keys: 'revoke' }).expect(204);
    expect((await call(key)).status).toBe(401);
  });

  it('are handed to nobody who leaves, may make none, is unknown, or belongs elsewhere', async () => {
    const { id, key } = await leaver();
    const elsewhere = await identity.found('Elsewhere');
    const cookie = await identity.signIn(acme.email);
    const unfit = await Promise.all(
      ['auditor', 'agent', 'viewer'].map((role) => identity.agent(cookie, undefined, role)),
    );
    for (const [to, code] of [
      [id, 'KEYS_TO_LEAVER'],
      ...unfit.map((one) => [one.id, 'KEYS_HOLDER_UNFIT']),
      [randomUUID(), 'MEMBER_UNKNOWN'],
      [elsewhere.adminId, 'MEMBER_UNKNOWN'],
    ])
      expect((await admin.delete(`members/${id}`).query({ keys: to })).body.code).toBe(code);
    expect((await call(key)).status).toBe(200);
  });

  it('stay where they are when the removal is refused, for an older version or as nobody’s', async () => {
    const { id, keyId } = await leaver();
    const stale = await admin.delete(`members/${id}`).query({ keys: acme.adminId }).set('If-Match', '"7"');
    expect(stale.body.code).toBe('STALE_VERSION');
    expect((await identity.app.get(Streams).load(apiKey, keyId)).state).toMatchObject({ holderId: id });
  });
});
