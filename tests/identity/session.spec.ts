import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { EventMetadata, Proof } from '#kernel/event.js';
import { PERMISSIONS } from '#modules/identity/domain/permissions.js';
import { Accounts } from '#modules/identity/credentials/accounts.js';
import { FairTurns } from '#modules/identity/credentials/fair-turns.js';
import { Passwords } from '#modules/identity/credentials/passwords.js';
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

let visitors = 0;
/** From an address of its own, so that limits of other tests do not count. */
const attempt = (email: string, password: string, address = `198.51.100.${(visitors += 1)}`) =>
  identity.http().post('/api/v1/session').set('X-Forwarded-For', address).send({ email, password });
const use = (cookie: string) => identity.as(cookie).get('whoami');
/** Whether it is one. Asking is no use of it. */
const status = async (cookie: string) => (await identity.as(cookie).get('session')).status;

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

  it('does the same work for an unknown address as for a known one: one proof by argon2id', async () => {
    const { rows } = await identity.database.pool.query<{ password_hash: string }>('SELECT * FROM identity.credential');
    for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const least = async (email: string) => {
      const took: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const started = performance.now();
        await attempt(email, 'wrong password');
        took.push(performance.now() - started);
      }
      return Math.min(...took);
    };
    const [known, unknown] = [await least(acme.email), await least('nobody@x.example')];
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('holds nothing against whoever signs in while we cannot tell whether they are right', async () => {
    const { email } = await identity.found();
    const address = `203.0.113.${(visitors += 1)}`;
    const { pool } = identity.database;
    await pool.query('ALTER TABLE identity.account RENAME TO account_away');
    try {
      for (let i = 0; i < 6; i++) expect((await attempt(email, PASSWORD, address)).status).toBe(500);
    } finally {
      await pool.query('ALTER TABLE identity.account_away RENAME TO account');
    }
    expect((await attempt(email, PASSWORD, address)).status).toBe(200);
  });

  it('limits guesses at one account from one place, known or not, without a word about which', async () => {
    for (const email of [(await identity.found()).email, 'nobody-here@x.example']) {
      const address = `203.0.113.${(visitors += 1)}`;
      const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(email, 'wrong password', address)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
      const limited = await attempt(email, PASSWORD, address);
      expect([limited.status, limited.body.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('lets the owner in from elsewhere while a stranger is locked out', async () => {
    const { email } = await identity.found();
    for (let n = 0; n < 7; n += 1) await attempt(email, 'wrong password', '203.0.113.200');
    expect((await attempt(email, PASSWORD, '203.0.113.200')).status).toBe(429);
    expect((await attempt(email, PASSWORD, '203.0.113.201')).status).toBe(200);
  });

  it('does not count what was right: an office may sign in as often as it likes', async () => {
    const enter = () => attempt(acme.email, PASSWORD, '203.0.113.250');
    for (let n = 0; n < 52; n += 4) {
      const answers = await Promise.all([enter(), enter(), enter(), enter()]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    }
  }, 90_000);

  it('limits one place that tries many accounts', async () => {
    const guess = async (n: number) => (await attempt(`guess-${n}@x.example`, 'x', '203.0.113.251')).status;
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(n)));
    expect(new Set(answers)).toEqual(new Set([401]));
    expect([await guess(50), await guess(51)]).toEqual([429, 429]);
  }, 90_000);

  it('makes a hash anew that was made with weaker parameters', async () => {
    const { email, adminId } = await identity.found();
    const weak = await hash(PASSWORD, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 });
    const set = 'UPDATE identity.credential SET password_hash = $2 WHERE member_id = $1';
    await identity.database.pool.query(set, [adminId, weak]);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
    const read = 'SELECT password_hash FROM identity.credential WHERE member_id = $1';
    const { rows } = await identity.database.pool.query<{ password_hash: string }>(read, [adminId]);
    expect(rows[0]!.password_hash).toContain('m=19456,t=2,p=1');
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

describe('an account that many guess at', () => {
  const deviceOf = ({ headers }: { headers: Record<string, unknown> }) =>
    (headers['set-cookie'] as string[])[1]!.split(';')[0]!;
  const places = Array.from({ length: 10 }, (_, n) => `192.0.2.${n}`);
  let owner: Founded;
  let device: string;
  beforeAll(async () => {
    owner = await identity.found();
    device = deviceOf(await attempt(owner.email, PASSWORD));
    const guesses = places.flatMap((place) => Array.from({ length: 5 }, () => attempt(owner.email, 'wrong', place)));
    const statuses = await Promise.all(guesses.map(async (guess) => (await guess).status));
    expect(new Set(statuses)).toEqual(new Set([401]));
  }, 90_000);
  /** What is left to a place where somebody has guessed wrong too often. */
  const locked = async (cookie: string) =>
    (await attempt(owner.email, PASSWORD, places[0]).set('Cookie', cookie)).status;

  it('lets its owner in at a device they have used, even where others were locked out', async () => {
    expect(await locked('a=b')).toBe(429);
    expect(await locked(device)).toBe(200);
  });

  it('lets its owner in elsewhere, later than others at worst', async () => {
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
    expect((await attempt(owner.email, 'wrong')).status).toBe(401);
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
  });

  it('is no safer to guess at from a known device: ten times, and it is one like any other', async () => {
    const wrong = async () => (await attempt(owner.email, 'wrong', places[1]).set('Cookie', device)).status;
    for (let n = 0; n < 10; n += 1) expect(await wrong()).toBe(401);
    expect(await wrong()).toBe(429);
  });

  it('is known at a device by its own mark alone, which others may stand beside, until its time is up', async () => {
    const other = await identity.found();
    const foreign = deviceOf(await attempt(other.email, PASSWORD));
    const both = deviceOf(await attempt(owner.email, PASSWORD).set('Cookie', foreign));
    const [mark, beside] = both.split('=')[1]!.split('~');
    expect(`__Host-screendesk-device=${beside}`).toBe(foreign);
    expect(await locked(both)).toBe(200);
    const [id, until, mac] = mark!.split('.');
    const forged = [
      foreign.split('=')[1],
      `${id}.${Number(until) + 9}.${mac}`,
      `${id}.${until}.${'A'.repeat(43)}`,
      '~',
    ];
    for (const one of forged) expect(await locked(`__Host-screendesk-device=${one}`)).toBe(429);
    identity.clock.forward(181 * 24 * 3_600_000);
    expect(await locked(both)).toBe(429);
  });
});

describe('turns at something costly', () => {
  const full = (): never => {
    throw new Error('full');
  };

  it('pass from place to place, so that a crowd at one holds up nobody elsewhere', async () => {
    const turns = new FairTurns({ atOnce: 1, perPlace: 9, inAll: 99 });
    const order: string[] = [];
    const work = (name: string) => async () => void order.push(name);
    const crowd = ['a1', 'a2', 'a3', 'a4'].map((name) => turns.turn('a', work(name), full));
    await Promise.all([...crowd, turns.turn('b', work('b1'), full), turns.turn('c', work('c1'), full)]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  it('are waited for by so many of a place, and by so many in all, and go on after a failure', async () => {
    const turns = new FairTurns({ atOnce: 2, perPlace: 2, inAll: 3 });
    const gate = Promise.withResolvers<void>();
    const [work, fails] = [() => gate.promise, () => gate.promise.then(full)];
    const begun = ['a', 'a', 'a', 'a', 'b'].map((place, n) => turns.turn(place, n ? work : fails, full));
    await expect(turns.turn('a', work, full)).rejects.toThrow('full');
    await expect(turns.turn('c', work, full)).rejects.toThrow('full');
    gate.resolve();
    const outcomes = await Promise.allSettled(begun);
    expect(outcomes.map(({ status: outcome }) => outcome)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
    await turns.turn('a', work, full);
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
  const enter = (password: string, workspace?: string) =>
    identity
      .http()
      .post('/api/v1/session')
      .set('X-Forwarded-For', `203.0.113.${(visitors += 1)}`)
      .send({ email, password, ...(workspace && { workspace }) });

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
