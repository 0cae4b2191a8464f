import { hash } from '@node-rs/argon2';
import { Accounts } from '#modules/identity/credentials/accounts.js';
import { Argon2Threads } from '#modules/identity/credentials/argon2-threads.js';
import { PERMISSIONS } from '#modules/identity/domain/permissions.js';
import { Passwords } from '#modules/identity/credentials/passwords.js';
import { CHEAP, type Founded, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
beforeAll(async () => {
  identity = await IdentityApp.start();
  acme = await identity.found();
});
afterAll(() => identity.close());

const attempt: IdentityApp['attempt'] = (...as) => identity.attempt(...as);

describe('signing in', () => {
  it('gives a session whose cookie no script reads, no other site sends and no other host plants', async () => {
    const answer = await attempt(acme.email, PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      member: { id: acme.adminId, name: 'Ada Lovelace', email: acme.email, role: 'owner' },
      workspace: { id: acme.workspaceId, name: 'Acme', slug: expect.any(String) as string, accent: null },
      permissions: Object.keys(PERMISSIONS),
    });
    const cookies = answer.headers['set-cookie'] as unknown as string[];
    expect(cookies).toHaveLength(2);
    expect(cookies[0]).toMatch(
      /^__Host-screendesk=[A-Za-z0-9_-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(cookies[1]).toMatch(
      /^__Host-screendesk-device=[\w-]{22}\.\d{10}\.[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('takes the e-mail address however it is written', async () => {
    expect((await attempt(`  ${acme.email.toUpperCase()} `, PASSWORD)).status).toBe(200);
  });

  it('answers a wrong password and an unknown address alike, to the byte but for the correlation id', async () => {
    const [wrong, unknown] = [await attempt(acme.email, 'wrong password'), await attempt('no@x.example', PASSWORD)];
    const shape = ({ status, text, headers }: typeof wrong) => ({
      status,
      text: text.replace(/"correlationId":"[^"]+"/, ''),
      headers: Object.entries(headers).filter(([name]) => !['date', 'x-correlation-id'].includes(name)),
    });
    expect(shape(unknown)).toEqual(shape(wrong));
    expect([wrong.status, wrong.body.code]).toEqual([401, 'SIGN_IN_FAILED']);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('leaves nobody waiting for a proof in a server that has stopped', async () => {
    const threads = new Argon2Threads();
    await threads.onApplicationShutdown();
    await expect(new Passwords(threads, CHEAP).prove(null, PASSWORD)).rejects.toThrow('stopping');
  });

  it('does the same work where there is no account as for one: a proof by argon2id, as costly as OWASP wants it', async () => {
    const passwords = new Passwords(identity.app.get(Argon2Threads));
    const hashed = await passwords.hash(PASSWORD);
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const least = async (known: string | null) => {
      const took: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const started = performance.now();
        expect(await passwords.prove(known, 'wrong password')).toBe(false);
        took.push(performance.now() - started);
      }
      return Math.min(...took);
    };
    const [known, unknown] = [await least(hashed), await least(null)];
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('makes a hash anew that was made with weaker parameters', async () => {
    const { email, adminId } = await identity.found();
    const weak = await hash(PASSWORD, { algorithm: 2, memoryCost: 32, timeCost: 1, parallelism: 1 });
    const set = 'UPDATE identity.credential SET password_hash = $2 WHERE member_id = $1';
    await identity.database.pool.query(set, [adminId, weak]);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
    const read = 'SELECT password_hash FROM identity.credential WHERE member_id = $1';
    const { rows } = await identity.database.pool.query<{ password_hash: string }>(read, [adminId]);
    expect(rows[0]!.password_hash).toContain(`m=${CHEAP.memoryCost},t=${CHEAP.timeCost},p=1`);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  it.each([
    ['no body', undefined, 400],
    ['a number', { email: 7, password: PASSWORD }, 400],
    ['an object for a password', { email: 'a@x.example', password: { $ne: null } }, 400],
    ['an endless password', { email: 'a@x.example', password: 'x'.repeat(257) }, 400],
    ['control characters for a workspace', { email: 'a@x.example', password: 'x', workspace: '\u0000' }, 400],
    ['SQL', { email: "' OR 1=1 --", password: "' OR 1=1 --" }, 401],
    ['control characters', { email: 'a@x.example\r\nSet-Cookie: a=b', password: 'x\u0000y' }, 401],
  ])('refuses %s', async (_what, body, expected) => {
    const answer = await identity.http().post('/api/v1/session').set('X-Forwarded-For', '203.0.113.252').send(body);
    expect(answer.status).toBe(expected);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('refuses pages of other sites, which would sign a visitor in as somebody else', async () => {
    const answer = await attempt(acme.email, PASSWORD).set('Origin', 'https://evil.example');
    expect([answer.status, answer.body.code]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('logs who signed in and that somebody could not, but neither address nor password nor token', async () => {
    const cookie = await identity.signIn(acme.email);
    await attempt(acme.email, 'secret-wrong-password');
    expect(identity.log()).toMatch(new RegExp(`"component":"SignIn","id":"${acme.adminId}","msg":"Signed in"`));
    expect(identity.log()).toMatch(/"correlationId":"[^"]+","component":"SignIn","msg":"Sign-in refused"/);
    for (const secret of [acme.email, PASSWORD, 'secret-wrong-password', cookie.split('=')[1]!]) {
      expect(identity.log()).not.toContain(secret);
    }
  });
});

describe('an address that several workspaces know', () => {
  const email = 'consultant@x.example';
  const [OTHER, SHARED] = ['a phrase for one alone', 'the same phrase twice'];
  let slugs: string[];
  beforeAll(async () => {
    slugs = [];
    for (const password of [OTHER, SHARED, SHARED]) {
      const founded = await identity.found(`Works ${slugs.length}`);
      const owner = identity.as(await identity.signIn(founded.email));
      const { body } = await owner.get('session');
      slugs.push(body.workspace.slug as string);
      await owner.post('members').send({ name: 'Con', email, role: 'agent', password }).expect(201);
      identity.clock.forward(1000);
    }
  });
  const enter = (password: string, workspace?: string) => attempt(email, password, undefined, workspace);

  it('enters the one workspace whose password it is', async () => {
    const { status: code, body } = await enter(OTHER);
    expect([code, body.workspace.slug]).toEqual([200, slugs[0]]);
  });

  it('is asked which one where several fit, names them only then, and enters the chosen one', async () => {
    const { status: code, body, headers } = await enter(SHARED);
    expect([code, body.code, headers['set-cookie']]).toEqual([409, 'WORKSPACE_CHOICE', undefined]);
    expect(body.workspaces).toEqual([
      { slug: slugs[1], name: 'Works 1' },
      { slug: slugs[2], name: 'Works 2' },
    ]);
    const chosen = await enter(SHARED, slugs[2]);
    expect([chosen.status, chosen.body.workspace.slug]).toEqual([200, slugs[2]]);
  });

  it('opens no workspace with another one’s password, and says no more than to a stranger', async () => {
    const refused = async (attempted: Promise<{ status: number; text: string }>) => {
      const { status: code, text } = await attempted;
      return [code, text.replace(/"correlationId":"[^"]+"/, '')];
    };
    const stranger = await refused(attempt('nobody@x.example', OTHER));
    expect(stranger[0]).toBe(401);
    for (const [password, workspace] of [
      ['none of these phrases', undefined],
      [OTHER, slugs[1]],
      [SHARED, 'no-such-workspace'],
    ] as const)
      expect(await refused(enter(password, workspace))).toEqual(stranger);
  });

  it('costs two proofs, however many accounts there are, and one more for each further one from before', async () => {
    const passwords = identity.app.get(Passwords);
    const proofs = [jest.spyOn(passwords, 'prove'), jest.spyOn(passwords, 'hash')];
    const counted = async (who: string) => {
      proofs.forEach((proof) => proof.mockClear());
      await attempt(who, 'none of these phrases');
      return proofs.reduce((sum, proof) => sum + proof.mock.calls.length, 0);
    };
    const costs = [await counted(email), await counted(acme.email), await counted('nobody@x.example')];
    await forgetSalt(email);
    costs.push(await counted(email));
    proofs.forEach((proof) => proof.mockRestore());
    expect(costs).toEqual([2, 2, 2, 4]);
  });

  it('knows passwords from before one salt served them all, and lets it serve them from then on', async () => {
    await forgetSalt(email);
    expect((await enter(SHARED)).body.workspaces).toHaveLength(2);
    expect((await enter(OTHER)).status).toBe(200);
    const { rows } = await identity.database.pool.query<{ password_hash: string }>(OF_ADDRESS, [await index(email)]);
    expect(new Set(rows.map(({ password_hash }) => password_hash.split('$')[4])).size).toBe(1);
  });

  const OF_ADDRESS = `SELECT * FROM identity.credential JOIN identity.account USING (member_id)
    WHERE email_index = $1 ORDER BY reserved_at`;
  const index = (of: string) => identity.app.get(Accounts).emailIndex(of);
  const forgetSalt = async (of: string) => {
    const { rows } = await identity.database.pool.query<{ member_id: string }>(OF_ADDRESS, [await index(of)]);
    for (const [n, { member_id }] of rows.entries()) {
      const passwordHash = await identity.app.get(Passwords).hash(n === 0 ? OTHER : SHARED);
      await identity.app.get(Accounts).setPassword(member_id, passwordHash);
    }
  };
});
