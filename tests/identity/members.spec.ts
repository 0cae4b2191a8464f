import { randomUUID } from 'node:crypto';
import { type Founded, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
let admin: ReturnType<IdentityApp['as']>;
let adminCookie: string;
beforeAll(async () => {
  identity = await IdentityApp.start();
  acme = await identity.found();
  adminCookie = await identity.signIn(acme.email);
  admin = identity.as(adminCookie);
});
afterAll(() => identity.close());

const person = (changes: object = {}) => ({
  name: 'Grace Hopper',
  email: `grace-${randomUUID().slice(0, 8)}@x.example`,
  role: 'agent',
  password: PASSWORD,
  ...changes,
});
const status = async (cookie: string) => (await identity.as(cookie).get('session')).status;
const listed = async (after?: string) => {
  const { body } = await admin.get('members').query({ limit: 100, ...(after && { after }) });
  return body.items as { id: string; name: string; email: string; role: string; version: number }[];
};

describe('adding a member', () => {
  it('lets them in and shows them in the list, to whoever waits for the change', async () => {
    const input = person();
    const { status: code, body, headers } = await admin.post('members').send(input);
    expect([code, body]).toEqual([
      201,
      { id: expect.any(String), name: input.name, email: input.email, role: 'agent' },
    ]);
    const row = (await listed(headers['screendesk-after'])).find(({ id }) => id === body.id);
    expect(row).toMatchObject({ name: input.name, email: input.email, role: 'agent', version: 0 });
    expect(await status(await identity.signIn(input.email))).toBe(200);
    expect((await identity.identity.memberNames([body.id, randomUUID()])).get(body.id)).toBe('Grace Hopper');
  });

  it('leaves no name or address readable anywhere in the database', async () => {
    const input = person({ name: 'Wilhelmina Unmistakable' });
    const { headers } = await admin.post('members').send(input).expect(201);
    await listed(headers['screendesk-after']);
    const tables = await identity.database.pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('es', 'identity', 'platform', 'keys')`,
    );
    for (const { name } of tables.rows) {
      const { rows } = await identity.database.pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const all = rows.map(({ text }) => text).join('\n');
      expect(all).not.toMatch(/Unmistakable|grace-/);
      expect(all).not.toContain(Buffer.from('Unmistakable').toString('hex'));
    }
  });

  it('is the same member when repeated with the same key, also at the same moment', async () => {
    const input = person();
    const add = () => admin.post('members').set('Idempotency-Key', input.email).send(input);
    const answers = await Promise.all([add(), add(), add()]);
    answers.push(await add());
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id as string)).size).toBe(1);
    expect(await status(await identity.signIn(input.email))).toBe(200);
    const other = await add().send(person());
    expect([other.status, other.body.code]).toEqual([409, 'MEMBER_EXISTS']);
  });

  it('knows a member by the id in either case', async () => {
    const { body } = await admin.post('members').send(person());
    const { status: answered } = await admin.patch(`members/${body.id.toUpperCase()}`).send({ role: 'admin' });
    expect(answered).toBeLessThan(300);
  });

  it('refuses an address that signs somebody in here already, however it is written', async () => {
    const answer = await admin.post('members').send(person({ email: acme.email.toUpperCase() }));
    expect([answer.status, answer.body.code]).toEqual([409, 'EMAIL_TAKEN']);
  });

  it('tells nothing of other workspaces: their addresses are as free as any, and stay theirs', async () => {
    const elsewhere = await identity.found();
    await admin
      .post('members')
      .send(person({ email: elsewhere.email, password: 'another long phrase' }))
      .expect(201);
    const { body } = await identity.as(await identity.signIn(elsewhere.email)).get('session');
    expect(body.workspace.id).toBe(elsewhere.workspaceId);
  });

  it('gives an address to one of sixteen who want it at the same moment', async () => {
    const email = person().email;
    const answers = await Promise.all(Array.from({ length: 16 }, () => admin.post('members').send(person({ email }))));
    const codes = answers.map((answer) => answer.status).sort();
    expect(codes).toEqual([201, ...Array<number>(15).fill(409)]);
    const accounts = await identity.database.pool.query('SELECT 1 FROM identity.account WHERE activated_at IS NULL');
    expect(accounts.rowCount).toBe(0);
  });

  it.each([
    ['no name', { name: '' }],
    ['blank name', { name: '   ' }],
    ['a line break in the name', { name: 'A\r\nSet-Cookie: x' }],
    ['no address', { email: 'nobody' }],
    ['another role', { role: 'owner' }],
    ['a role from a prototype', { role: 'constructor' }],
    ['a weak password', { password: 'password1234' }],
    ['a workspace of one’s choice', { workspaceId: randomUUID() }],
    ['an id of one’s choice', { memberId: randomUUID() }],
  ])('refuses %s', async (_what, changes) => {
    expect((await admin.post('members').send(person(changes))).status).toBe(400);
  });
});

describe('roles', () => {
  it.each([
    ['post', 'members', 403],
    ['get', 'members', 403],
    ['patch', `members/${randomUUID()}`, 403],
    ['delete', `members/${randomUUID()}`, 403],
    ['put', `members/${randomUUID()}/password`, 403],
    ['get', 'api-keys', 403],
    ['post', 'api-keys', 403],
    ['delete', `api-keys/${randomUUID()}`, 403],
    ['patch', 'workspace', 403],
    ['get', 'workspace', 200],
  ] as const)('an agent who tries %s %s gets %i', async (method, path, code) => {
    const agent = await identity.agent(adminCookie);
    expect((await identity.as(agent.cookie)[method](path).send({})).status).toBe(code);
  });

  it('take effect with the next request, in sessions that are open', async () => {
    const agent = await identity.agent(adminCookie);
    await admin.patch(`members/${agent.id}`).send({ role: 'admin' }).expect(204);
    expect((await identity.as(agent.cookie).get('members')).status).toBe(200);
    const { headers } = await admin.patch(`members/${agent.id}`).send({ role: 'agent' }).expect(204);
    expect((await identity.as(agent.cookie).get('members')).status).toBe(403);
    const row = (await listed(headers['screendesk-after'])).find(({ id }) => id === agent.id);
    expect(row).toMatchObject({ role: 'agent', version: 2 });
  });

  it('change only what the caller has seen, when they say what that was', async () => {
    const agent = await identity.agent(adminCookie);
    const change = (tag: string) => admin.patch(`members/${agent.id}`).set('If-Match', tag).send({ role: 'admin' });
    expect((await change('"7"')).status).toBe(412);
    expect((await change('"0"')).status).toBe(204);
    expect((await change('"0"')).body.code).toBe('STALE_VERSION');
  });

  it('change for more members at once than there are connections to the database, and other workspaces go on', async () => {
    const agents = await Promise.all(Array.from({ length: 24 }, () => identity.agent(adminCookie)));
    const theirs = await identity.signIn((await identity.found()).email);
    const changing = Promise.all(agents.map(({ id }) => admin.patch(`members/${id}`).send({ role: 'viewer' })));
    const since = performance.now();
    for (let n = 0; n < 3; n++) expect(await status(theirs)).toBe(200);
    expect(performance.now() - since).toBeLessThan(5_000);
    const answers = await changing;
    expect(answers.map(({ status: code }) => code)).toEqual(Array<number>(24).fill(204));
  });
});

describe('removing a member', () => {
  it('ends every session at once, frees the address and keeps the name for what they did', async () => {
    const agent = await identity.agent(adminCookie);
    const second = await identity.signIn(agent.email);
    const { headers } = await admin.delete(`members/${agent.id}`).expect(204);
    expect([await status(agent.cookie), await status(second)]).toEqual([401, 401]);
    expect((await listed(headers['screendesk-after'])).some(({ id }) => id === agent.id)).toBe(false);
    expect((await identity.identity.memberNames([agent.id])).get(agent.id)).toBe('Bob Agent');
    await expect(identity.signIn(agent.email)).rejects.toThrow('401');
    expect((await admin.delete(`members/${agent.id}`)).status).toBe(204);
    expect((await admin.patch(`members/${agent.id}`).send({ role: 'admin' })).status).toBe(404);
    await admin
      .post('members')
      .send(person({ email: agent.email }))
      .expect(201);
  });
});

describe('a password given by an admin', () => {
  it('replaces the old one and signs the member out', async () => {
    const agent = await identity.agent(adminCookie);
    const password = 'given over the phone';
    await admin.put(`members/${agent.id}/password`).send({ password }).expect(204);
    expect(await status(agent.cookie)).toBe(401);
    expect(await status(await identity.signIn(agent.email, password))).toBe(200);
  });

  it('is not a way around one’s own present password', async () => {
    const answer = await admin.put(`members/${acme.adminId}/password`).send({ password: 'a quite different phrase' });
    expect([answer.status, answer.body.code]).toEqual([409, 'OWN_PASSWORD']);
  });
});

describe('another workspace', () => {
  it('finds nobody: its ids are as unknown as none, to the byte but for the correlation id', async () => {
    const other = identity.as(await identity.signIn((await identity.found('Other')).email));
    const agent = await identity.agent(adminCookie);
    const calls = (id: string) => [
      other.patch(`members/${id}`).send({ role: 'admin' }),
      other.delete(`members/${id}`),
      other.put(`members/${id}/password`).send({ password: 'taken over by others' }),
    ];
    const said = async (id: string) =>
      (await Promise.all(calls(id))).map(({ status: code, text }) => [
        code,
        text.replace(/"correlationId":"[^"]+"/, ''),
      ]);
    const foreign = await said(agent.id);
    expect(foreign.map(([code]) => code)).toEqual([404, 404, 404]);
    expect(foreign).toEqual(await said(randomUUID()));
    expect(await status(agent.cookie)).toBe(200);
    const { body } = await other.get('members');
    expect((body.items as { name: string }[]).map(({ name }) => name)).toEqual(['Ada Lovelace']);
  });
});

describe('the list', () => {
  it('comes in pages that miss and repeat nobody', async () => {
    const founded = await identity.found();
    const cookie = await identity.signIn(founded.email);
    const ids = [founded.adminId];
    let after = '';
    for (let n = 0; n < 4; n += 1) {
      const { body, headers } = await identity.as(cookie).post('members').send(person()).expect(201);
      [after] = [headers['screendesk-after']!, ids.push(body.id as string)];
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await identity
        .as(cookie)
        .get('members')
        .query({ limit: 2, after, ...(cursor && { cursor }) });
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toEqual(ids);
  });

  it.each([{ cursor: 'forged' }, { limit: 0 }, { limit: 1000 }, { limit: 'x' }, { after: 'x' }, { unknown: 1 }])(
    'refuses %j',
    async (query) => {
      expect((await admin.get('members').query(query)).status).toBe(400);
    },
  );

  it('refuses a well-formed cursor with a date or id that is none, before the database sees it', async () => {
    for (const position of [
      ['never', randomUUID()],
      [new Date().toISOString(), "'; DROP"],
    ]) {
      const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
      expect((await admin.get('members').query({ cursor })).body.code).toBe('CURSOR_INVALID');
    }
  });
});
