import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, refuse } from '#kernel/refusal.js';
import { Accounts } from '#modules/identity/credentials/accounts.js';
import { GuessGates } from '#modules/identity/credentials/guess-gates.js';
import { GuessLimits } from '#modules/identity/credentials/guess-limits.js';
import { KnownDevices } from '#modules/identity/credentials/known-devices.js';
import { memoryLimiters, RateLimits } from '#platform/http/rate-limits.js';
import { type Founded, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
beforeAll(async () => void (identity = await IdentityApp.start()));
afterAll(() => identity.close());

const attempt: IdentityApp['attempt'] = (...as) => identity.attempt(...as);
const tookFor = async (work: PromiseLike<unknown>) => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};

describe('a limit on guesses', () => {
  it('holds nothing against whoever signs in while we cannot tell whether they are right', async () => {
    const { email } = await identity.found();
    const address = '203.0.113.1';
    const { pool } = identity.database;
    await pool.query('ALTER TABLE identity.account RENAME TO account_away');
    try {
      for (let i = 0; i < 6; i++) expect((await attempt(email, PASSWORD, address)).status).toBe(500);
    } finally {
      await pool.query('ALTER TABLE identity.account_away RENAME TO account');
    }
    expect((await attempt(email, PASSWORD, address)).status).toBe(200);
  });

  it('is for one account from one place, known or not, without a word about which: further ones wait', async () => {
    for (const [n, email] of [(await identity.found()).email, 'nobody-here@x.example'].entries()) {
      const guesses = (most: number) =>
        Promise.all(Array.from({ length: most }, () => attempt(email, 'wrong password', `203.0.113.${n + 2}`)));
      expect(await tookFor(guesses(5))).toBeLessThan(2000);
      const further = guesses(4);
      expect(await tookFor(further)).toBeGreaterThan(3 * 800 * 0.9);
      expect((await further).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    }
  });

  it('makes the owner wait where a stranger guesses, and nowhere else', async () => {
    const { email } = await identity.found();
    for (let n = 0; n < 6; n += 1) await attempt(email, 'wrong password', '203.0.113.200');
    const here = attempt(email, PASSWORD, '203.0.113.200').then(({ status }) => status);
    const elsewhere = attempt(email, PASSWORD, '203.0.113.201').then(({ status }) => status);
    expect(await Promise.race([here.then(() => 'here'), elsewhere.then(() => 'elsewhere')])).toBe('elsewhere');
    expect(await Promise.all([here, elsewhere])).toEqual([200, 200]);
  });

  it('gives whoever is told to come back a mark by which they find their turn', async () => {
    const { email } = await identity.found();
    const guess = (cookie: string) => attempt(email, 'wrong password', '203.0.113.202').set('Cookie', cookie);
    const mark = `__Host-screendesk-turn=${'t'.repeat(22)}`;
    for (let n = 0; n < 5; n++) expect((await guess(mark)).headers['set-cookie']).toBeUndefined();
    const answers = await Promise.all(Array.from({ length: 9 }, () => guess(mark)));
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { body, headers } of busy)
      expect([body.code, headers['set-cookie']]).toEqual(['SIGN_IN_BUSY', [expect.stringContaining(`${mark};`)]]);
    for (const { status, headers } of answers) if (status === 401) expect(headers['set-cookie']).toBeUndefined();
  });

  it('does not count what was right: an office may sign in as often as it likes', async () => {
    const { email } = await identity.found();
    const enter = () => attempt(email, PASSWORD, '203.0.113.250');
    for (let n = 0; n < 52; n += 4) {
      const answers = await Promise.all([enter(), enter(), enter(), enter()]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    }
  });

  it('makes one place that tries many accounts wait after each further guess, but lets in there who is right', async () => {
    const { email } = await identity.found();
    const enter = async (who: string, password: string) => (await attempt(who, password, '203.0.113.251')).status;
    const guesses = async (most: number) => {
      const begun = performance.now();
      const answers = await Promise.all(Array.from({ length: most }, (_, n) => enter(`guess-${n}@x.example`, 'x')));
      expect(new Set(answers)).toEqual(new Set([401]));
      return performance.now() - begun;
    };
    await guesses(50);
    const further = [enter('further@x.example', 'x'), enter('further@x.example', 'x')];
    expect(await Promise.race(further)).toBe(401);
    expect(await enter(email, PASSWORD)).toBe(200);
    expect(await Promise.all(further)).toEqual([401, 401]);
    expect(await guesses(4)).toBeGreaterThan(3 * 200 * 0.9);
  });
});

describe('where too many guessed wrong', () => {
  const wrong = () => Promise.reject(new Refusal('SIGN_IN_FAILED', 'No.', 'unauthenticated'));
  const away = () => new Refusal('SIGN_IN_BUSY', 'Later.', 'unavailable');
  const few = (name: string) => ({ name, points: 1, perSeconds: 600 });
  const pause = (name: string, perSeconds: number) => ({ name, points: 1, perSeconds });
  let gates: GuessGates;
  beforeEach(() => void (gates = new GuessGates(new RateLimits(memoryLimiters), away, 1)));

  it('all are slowed down the more, the longer it goes on; who is gone costs no pause, and who is right makes none', async () => {
    const slower = { free: few('still'), pause: pause('slower', 1) };
    const slowing = { free: few('free'), pause: pause('slowly', 0.1), slower };
    const took = async (attempt: () => Promise<unknown>, isGone = false) => {
      const begun = performance.now();
      await gates.slowed(slowing, { key: 'k', place: 'p', isGone: () => isGone }, attempt).catch(() => undefined);
      return performance.now() - begun;
    };
    for (let guess = 0; guess < 3; guess++) await took(wrong);
    expect(await took(wrong, true)).toBeLessThan(900);
    expect(await took(wrong)).toBeGreaterThan(500);
    expect(await took(async () => undefined)).toBeGreaterThan(500);
    expect(await took(async () => undefined)).toBeLessThan(900);
  });

  it('a pause lies between any two, but no judgement, however long it takes', async () => {
    const slowing = { free: few('free'), pause: pause('slowly', 0.2) };
    const begun: number[] = [];
    const slow = () => (begun.push(performance.now()), wait(1000).then(wrong));
    const come = (place: string) => gates.slowed(slowing, { key: 'k', place, isGone: () => false }, slow);
    await come('first').catch(() => undefined);
    await Promise.allSettled(['a', 'b', 'c', 'd'].map(come));
    const took = begun[4]! - begun[1]!;
    expect(took).toBeGreaterThan(3 * 200 * 0.9);
    expect(took).toBeLessThan(3 * 1000);
  });

  it('places take turns, and who comes to one where five wait is sent away', async () => {
    const slowing = { free: few('free'), pause: pause('slowly', 0.02) };
    const order: string[] = [];
    const come = (name: string) => {
      const attempt = () => (order.push(name), wrong());
      const told = gates.slowed(slowing, { key: 'k', place: name[0]!, isGone: () => false }, attempt);
      return told.catch((refused: Refusal) => refused.code);
    };
    await come('a0');
    const told = await Promise.all(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'b1'].map(come));
    expect(order).toEqual(['a0', 'a1', 'a2', 'b1', 'a3', 'a4', 'a5', 'a6']);
    expect(told.map((code) => code === 'SIGN_IN_BUSY')).toEqual([...Array(6).fill(false), true, false]);
  });
});

describe('an address that guesses at accounts which others guess at, too', () => {
  const ACCOUNTS = Array.from({ length: 10 }, (_, n) => `guessed-at-${n}`);
  const judge = (account: string, address: string, attempt: () => Promise<unknown>) =>
    identity.app
      .get(GuessLimits)
      .judge(
        { account: Buffer.from(account), address, deviceCookie: null, turn: randomUUID(), isGone: () => false },
        attempt,
      );
  const wrong = (account: string, address: string) =>
    judge(account, address, async () => refuse('SIGN_IN_FAILED', 'No.', 'unauthenticated')).catch(() => undefined);
  const spend = (account: string, address: (n: number) => string) =>
    Promise.all(Array.from({ length: 50 }, (_, n) => wrong(account, address(n))));
  /** Guesses of ever other places, eight of which always wait for their turn. */
  const crowd = async (account: string, over: AbortSignal) => {
    const one = async (_: unknown, nth: number) => {
      for (let n = 0; !over.aborted; n++) await wrong(account, `${account} ${nth} ${n}`);
    };
    await Promise.all(Array.from({ length: 8 }, one));
  };

  it('lets in there who is right after a turn of each, however long those wait elsewhere', async () => {
    for (const account of ACCOUNTS) await spend(account, (n) => `${account} ${n}`);
    for (let n = 0; n < 10; n++) await Promise.all(Array.from({ length: 5 }, () => wrong(`other-${n}`, 'shared')));
    const over = new AbortController();
    const crowds = ACCOUNTS.map((account) => crowd(account, over.signal));
    try {
      const guesses = ACCOUNTS.map((account) => wrong(account, 'shared'));
      const begun = performance.now();
      expect(await judge('right', 'shared', async () => 'in')).toMatchObject({ proven: 'in' });
      expect(performance.now() - begun).toBeLessThan(3 * 11 * 200);
      await Promise.all(guesses);
    } finally {
      over.abort();
      await Promise.all(crowds);
    }
  });
});

describe('somebody who guesses without end beside the owner', () => {
  it('keeps them waiting for a turn, but not out, however often they guess', async () => {
    const limits = new RateLimits(memoryLimiters);
    const guesses = new GuessLimits(limits, identity.app.get(KnownDevices), 0.005);
    const judge = (turn: string, attempt: () => Promise<unknown>) => {
      const from = { account: Buffer.from('a'), address: 'shared', deviceCookie: null, isGone: () => false };
      return guesses.judge({ ...from, turn }, attempt);
    };
    const wrong = async () => refuse('SIGN_IN_FAILED', 'No.', 'unauthenticated');
    for (let n = 0; n < 5; n++) await judge('neighbour', wrong).catch(() => undefined);
    const over = new AbortController();
    // One moment's, so that all places are taken when the owner comes.
    const crowd = Array.from({ length: 80 }, async () => {
      while (!over.signal.aborted) await judge(randomUUID(), wrong).catch(() => wait(5));
    });
    const told: unknown[] = [];
    const enter = (): Promise<unknown> =>
      judge('owner', async () => told.push('in')).catch(async ({ code, details }: Refusal) => {
        told.push(code);
        await wait(Number(details.retryAfterSeconds) * 1000);
        if (told.length < 3) return enter();
      });
    expect(await tookFor(enter())).toBeLessThan(20_000);
    over.abort();
    await Promise.all(crowd);
    expect(told).toEqual(['SIGN_IN_BUSY', 'in']);
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
  });
  const isKnown = async (cookie: string) => {
    const index = await identity.app.get(Accounts).emailIndex(owner.email);
    return (await identity.app.get(KnownDevices).find(cookie.split('=')[1]!, index)) !== null;
  };

  it('lets its owner in at a device they have used, before those who wait where others guessed', async () => {
    const guesses = Promise.all(Array.from({ length: 3 }, () => attempt(owner.email, 'wrong', places[0])));
    const atDevice = attempt(owner.email, PASSWORD, places[0]).set('Cookie', device);
    const first = await Promise.race([guesses, atDevice.then(({ status }) => status)]);
    expect(first).toBe(200);
    await guesses;
  });

  it('lets its owner in elsewhere, later than others at worst', async () => {
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
    expect((await attempt(owner.email, 'wrong')).status).toBe(401);
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
  });

  it('is no safer to guess at from a known device: ten times, and it is one like any other', async () => {
    const wrong = async () => (await attempt(owner.email, 'wrong', places[1]).set('Cookie', device)).status;
    for (let n = 0; n < 11; n += 1) expect(await wrong()).toBe(401);
    expect(await tookFor(wrong())).toBeGreaterThan(600);
  });

  it('is known at a device by its own mark alone, which others may stand beside, until its time is up', async () => {
    const other = await identity.found();
    const foreign = deviceOf(await attempt(other.email, PASSWORD));
    const both = deviceOf(await attempt(owner.email, PASSWORD).set('Cookie', foreign));
    const [mark, beside] = both.split('=')[1]!.split('~');
    expect(`__Host-screendesk-device=${beside}`).toBe(foreign);
    expect(await isKnown(both)).toBe(true);
    const [id, until, mac] = mark!.split('.');
    const forged = [
      foreign.split('=')[1],
      `${id}.${Number(until) + 9}.${mac}`,
      `${id}.${until}.${'A'.repeat(43)}`,
      '~',
    ];
    for (const one of forged) expect(await isKnown(`__Host-screendesk-device=${one}`)).toBe(false);
    identity.clock.forward(181 * 24 * 3_600_000);
    expect(await isKnown(both)).toBe(false);
  });
});
