import { createHash } from 'node:crypto';
import type { EventMetadata, Proof } from '#kernel/event.js';
import { ABSOLUTE_MS, IDLE_MS, Sessions } from '#modules/identity/credentials/sessions.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { cookieOf, type Founded, IdentityApp, ORIGIN, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
beforeAll(async () => {
  identity = await IdentityApp.start();
  acme = await identity.found();
});
afterAll(() => identity.close());

const attempt: IdentityApp['attempt'] = (...as) => identity.attempt(...as);
const use = (cookie: string) => identity.as(cookie).get('whoami');
/** Whether it is one. Asking is no use of it. */
const status = async (cookie: string) => (await identity.as(cookie).get('session')).status;

describe('a session', () => {
  it('never takes over a token that the browser brought along, and ends the session it had', async () => {
    const planted = `__Host-screendesk=${'A'.repeat(43)}`;
    const answer = await attempt(acme.email, PASSWORD).set('Cookie', planted);
    expect(cookieOf(answer)).not.toBe(planted);
    expect(await status(planted)).toBe(401);
    const again = await attempt(acme.email, PASSWORD).set('Cookie', cookieOf(answer));
    expect(await status(cookieOf(answer))).toBe(401);
    expect(await status(cookieOf(again))).toBe(200);
  });

  it('is kept as a hash only', async () => {
    const token = (await identity.signIn(acme.email)).split('=')[1]!;
    const { rows } = await identity.database.pool.query<{ hit: string }>(
      'SELECT s::text AS hit FROM identity.session s WHERE token_sha256 = $1',
      [createHash('sha256').update(token).digest()],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.hit).not.toContain(token);
  });

  it('ends at sign-out, for whoever has copied the token too', async () => {
    const cookie = await identity.signIn(acme.email);
    const answer = await identity.as(cookie).delete('session');
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']![0]).toMatch(/^__Host-screendesk=; Max-Age=0; Path=\/; HttpOnly; Secure/);
    expect(await status(cookie)).toBe(401);
    expect((await identity.as(cookie).delete('session')).status).toBe(204);
    const forged = identity
      .http()
      .delete('/api/v1/session')
      .set('Cookie', cookie)
      .set('Origin', 'https://evil.example');
    expect((await forged).status).toBe(403);
  });

  it('ends when unused for eight hours, and not while it is used', async () => {
    const cookie = await identity.signIn(acme.email);
    for (let n = 0; n < 3; n += 1) {
      identity.clock.forward(IDLE_MS - 120_000);
      await use(cookie).expect(200);
    }
    identity.clock.forward(IDLE_MS);
    expect(await status(cookie)).toBe(401);
  });

  it('is not kept alive by being looked at once more, as a long answer makes us do', async () => {
    const token = (await identity.signIn(acme.email)).split('=')[1]!;
    const sessions = identity.app.get(Sessions);
    identity.clock.forward(IDLE_MS - 120_000);
    expect(await sessions.recognise(token, false)).not.toBeNull();
    identity.clock.forward(120_000);
    expect(await sessions.recognise(token, true)).toBeNull();
  });

  it('is not kept alive by a page that asks again and again whose it is', async () => {
    const cookie = await identity.signIn(acme.email);
    identity.clock.forward(IDLE_MS - 120_000);
    expect(await status(cookie)).toBe(200);
    identity.clock.forward(120_000);
    expect(await status(cookie)).toBe(401);
  });

  it('does nothing for a page that shows another member, who was signed in in that browser before', async () => {
    const owner = await identity.signIn(acme.email);
    const { id: bob, cookie } = await identity.agent(owner);
    const calls = [
      identity.as(owner).get('whoami'),
      identity.as(owner).post('whoami'),
      identity.as(owner).patch('workspace').send({ name: 'By Bob?' }),
      identity.as(owner).delete('session'),
    ];
    for (const call of calls) {
      const { status: code, body } = await call.set('Screendesk-Member', bob);
      expect([code, body.code]).toEqual([401, 'OTHER_MEMBER']);
    }
    expect((await identity.as(owner).get('workspace').expect(200)).body.name).not.toBe('By Bob?');
    await identity.as(owner).post('whoami').set('Screendesk-Member', acme.adminId).expect(201);
    await identity.as(cookie).post('whoami').set('Screendesk-Member', bob).expect(201);
  });

  it('ends after seven days however much it is used', async () => {
    const cookie = await identity.signIn(acme.email);
    const steps = Math.ceil(ABSOLUTE_MS / (IDLE_MS / 2));
    for (let n = 1; n < steps; n += 1) {
      identity.clock.forward(IDLE_MS / 2);
      await use(cookie).expect(200);
    }
    identity.clock.forward(IDLE_MS / 2);
    expect(await status(cookie)).toBe(401);
  });

  it.each([
    ['nothing', ''],
    ['a letter', 'x'],
    ['a zero byte', '%00'],
    ['one character too few', 'A'.repeat(42)],
    ['far too many', 'A'.repeat(5000)],
    ['SQL', "' OR 1=1 --"],
  ])('is not opened by %s', async (_what, token) => {
    expect(await status(`__Host-screendesk=${token}`)).toBe(401);
  });

  it('yields to an Authorization header, even a wrong one', async () => {
    const cookie = await identity.signIn(acme.email);
    const answer = await identity.http().get('/api/v1/session').set('Cookie', cookie).set('Authorization', 'Bearer no');
    expect(answer.status).toBe(401);
  });

  it('acts from our own pages only', async () => {
    const cookie = await identity.signIn(acme.email);
    const patch = () => identity.http().patch('/api/v1/workspace').set('Cookie', cookie).send({ name: 'Taken' });
    expect((await patch().set('Origin', 'https://evil.example')).status).toBe(403);
    expect((await patch()).status).toBe(403);
    expect((await patch().set('Origin', ORIGIN)).status).toBe(200);
  });
});

describe('the events of a session', () => {
  const renamed = async (cookie: string, name: string) => {
    await identity.as(cookie).patch('workspace').send({ name }).expect(200);
    const events = await identity.app.get(EventStore).readStream(`workspace-${acme.workspaceId}`);
    return (events.at(-1)!.meta as EventMetadata).proof;
  };
  const begin = async (proof: Proof) =>
    `__Host-screendesk=${(await identity.app.get(Sessions).startSession(acme.adminId, proof)).token}`;

  it('say how it was proven who began it', async () => {
    expect(await renamed(cookieOf(await attempt(acme.email, PASSWORD)), 'By password')).toEqual({ by: 'password' });
    const passkey = { by: 'passkey', amr: ['hwk', 'user'] } as const;
    expect(await renamed(await begin(passkey), 'By passkey')).toEqual(passkey);
  });

  it('say that it was a password where a server of the version before began it', async () => {
    const { pool } = identity.database;
    const cookie = await begin({ by: 'sso' });
    await pool.query(`WITH gone AS (DELETE FROM identity.session WHERE proof ->> 'by' = 'sso' RETURNING *)
      INSERT INTO identity.session (token_sha256, session_id, member_id, last_seen_at, expires_at)
        SELECT token_sha256, session_id, member_id, last_seen_at, expires_at FROM gone`);
    expect(await renamed(cookie, 'By the version before')).toEqual({ by: 'password' });
  });
});

describe('changing the password', () => {
  const wanted = 'a quite different phrase';
  const change = (cookie: string, currentPassword: string, newPassword: string) =>
    identity.as(cookie).put('session/password').send({ currentPassword, newPassword });

  it('needs the present one, signs out everywhere else and goes on here with a new session', async () => {
    const { email } = await identity.found();
    const [here, elsewhere] = [await identity.signIn(email), await identity.signIn(email)];
    expect((await change(here, 'not my password', wanted)).body.code).toBe('PASSWORD_WRONG');
    const answer = await change(here, PASSWORD, wanted);
    expect(answer.status).toBe(204);
    expect([await status(here), await status(elsewhere), await status(cookieOf(answer))]).toEqual([401, 401, 200]);
    expect((await attempt(email, PASSWORD)).status).toBe(401);
    expect((await attempt(email, wanted)).status).toBe(200);
  });

  it.each([
    'short',
    'aaaaaaaaaaaaaaa',
    '123456789012345',
    'Password-12345',
    'LovelaceAda12',
    'Contraseña12345'.replace('ñ', 'n'),
  ])('refuses %s', async (weak) => {
    const { email } = await identity.found();
    const answer = await change(await identity.signIn(email), PASSWORD, weak);
    expect([answer.status, answer.body.code]).toEqual([400, 'PASSWORD_TOO_WEAK']);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  it('limits guesses at the present one', async () => {
    const cookie = await identity.signIn((await identity.found()).email);
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push((await change(cookie, 'not my password', wanted)).status);
    expect(codes).toEqual([403, 403, 403, 403, 403, 429]);
  });

  it('takes the same characters typed on another system for the same', async () => {
    const { email } = await identity.found();
    const composed = 'café au lait à Zürich';
    await change(await identity.signIn(email), PASSWORD, composed.normalize('NFD')).expect(204);
    expect((await attempt(email, composed.normalize('NFC'))).status).toBe(200);
  });
});
