import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { refuse } from '#kernel/refusal.js';
import { type Counted, memoryLimiters, type RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { redisLimiters, type SharedLimiters } from '#platform/http/redis-limiters.js';
import { inConversation, wasInVain } from '#platform/telemetry/conversation.js';
import { eventually } from '../support/eventually.js';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.js';

const TWICE: RateLimit = { name: 'twice', points: 2, perSeconds: 600 };
const LIMITED = { code: 'RATE_LIMITED' };

describe('rate limits', () => {
  it('hold nothing against those who are right, however many come at once and whatever is away meanwhile', async () => {
    const limits = new RateLimits(memoryLimiters);
    const few: Counted = [{ name: 'few', points: 3, perSeconds: 600 }, 'office'];
    const right = () => limits.counting([few], () => nextTurn('let in'));
    const wrong = () => limits.counting([few], async () => refuse('SIGN_IN_FAILED', 'No.', 'unauthenticated'));
    const cut = () => limits.counting([few], () => Promise.reject(new Error('The database is away')));
    expect(await Promise.all(Array.from({ length: 40 }, right))).toEqual(Array.from({ length: 40 }, () => 'let in'));
    await Promise.allSettled(Array.from({ length: 40 }, cut));
    for (let guess = 0; guess < 2; guess++) await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(await Promise.all([right(), right(), right()])).toEqual(['let in', 'let in', 'let in']);
    const guesses = await Promise.allSettled(Array.from({ length: 40 }, wrong));
    const codes = guesses.map((guess) => (guess as PromiseRejectedResult).reason.code);
    expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(1);
    await expect(right()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('tell whoever waited for others in vain to come back soon, rather than when all is forgotten', async () => {
    const limits = new RateLimits(memoryLimiters, 20);
    const one: Counted = [{ name: 'one', points: 1, perSeconds: 600 }, 'office'];
    const judged = Promise.withResolvers<string>();
    const first = limits.counting([one], () => judged.promise);
    const second = limits.counting([one], async () => 'let in');
    await expect(second).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 5 } });
    judged.resolve('let in');
    expect(await first).toBe('let in');
    expect(await limits.counting([one], async () => 'let in')).toBe('let in');
  });

  it('wait for nobody longer than the window lasts, and give nothing back to the next one', async () => {
    const limits = new RateLimits(memoryLimiters);
    const one: Counted = [{ name: 'one', points: 1, perSeconds: 2 }, 'office'];
    const judged = Promise.withResolvers<string>();
    const begun = performance.now();
    const first = limits.counting([one], () => judged.promise);
    const wrong = () => limits.counting([one], async () => refuse('SIGN_IN_FAILED', 'No.', 'unauthenticated'));
    await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(performance.now() - begun).toBeGreaterThan(1900);
    judged.resolve('let in');
    await first;
    await expect(wrong()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('do not count what is answered by 503', async () => {
    const limits = new RateLimits(memoryLimiters);
    const one: RateLimit = { name: 'one', points: 1, perSeconds: 600 };
    const call = (then: () => void) => inConversation('c', () => limits.pace(one, 'ada').then(then));
    for (let outage = 0; outage < 3; outage++) await call(wasInVain);
    await call(() => undefined);
    await expect(call(() => undefined)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('count each key and each limit apart, forget on demand, and show a store no key', async () => {
    const seen: string[] = [];
    class Watched extends RateLimiterMemory {
      override consume(key: string, points?: number) {
        seen.push(key);
        return super.consume(key, points);
      }
    }
    const limits = new RateLimits((options) => new Watched(options));
    const [one, two] = [
      { name: 'one', points: 1, perSeconds: 60 },
      { name: 'two', points: 1, perSeconds: 600 },
    ];
    await limits.take(one, 'ada@example.com');
    await limits.take(two, 'ada@example.com');
    await limits.take(one, 'bob@example.com');
    await expect(limits.take(one, 'ada@example.com')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: expect.any(Number) as number },
    });
    await expect(limits.take(two, 'ada@example.com')).rejects.toMatchObject({
      sentence: 'Too many requests. Try again in 10 minutes.',
    });
    await limits.forget(one, 'ada@example.com');
    await limits.take(one, 'ada@example.com');
    expect(seen.join()).not.toContain('example');
  });

  it('let a broken store be seen rather than refuse or admit everybody', async () => {
    const broken = new Error('store down');
    class Broken extends RateLimiterMemory {
      override consume(): Promise<never> {
        return Promise.reject(broken);
      }
    }
    const limits = new RateLimits((options) => new Broken(options));
    await expect(limits.take({ name: 'one', points: 1, perSeconds: 1 }, 'k')).rejects.toBe(broken);
  });
});

(redisInstalled() ? describe : describe.skip)('rates counted in Redis', () => {
  let redis: TestRedis;
  const opened: SharedLimiters[] = [];
  const said: string[] = [];
  const hear = (line: unknown) => void said.push(String(line));

  beforeAll(() => Logger.overrideLogger({ log: hear, warn: hear, error: hear }));
  beforeEach(async () => {
    said.length = 0;
    redis = await startRedis();
  });

  afterEach(async () => {
    for (const shared of opened.splice(0)) await shared.close();
    await redis.stop();
  });

  /** The rate limits of one web server. */
  async function server(): Promise<RateLimits> {
    const shared = await redisLimiters(redis.url);
    opened.push(shared);
    return new RateLimits(shared.limiters);
  }

  async function inspect<T>(look: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(redis.url);
    return look(client).finally(() => client.disconnect());
  }

  it('are shared by all servers, with every point given back and every key forgotten', async () => {
    const [one, two] = [await server(), await server()];
    await one.take(TWICE, 'ada');
    await two.take(TWICE, 'ada');
    for (const each of [one, two]) await expect(each.take(TWICE, 'ada')).rejects.toMatchObject(LIMITED);
    await one.take(TWICE, 'bob');
    await two.forget(TWICE, 'ada');
    await one.take(TWICE, 'ada');
    await two.giveBack(TWICE, 'ada');
    for (const each of [one, two]) await each.take(TWICE, 'ada');
    await expect(one.take(TWICE, 'ada')).rejects.toMatchObject(LIMITED);
  });

  it('stand under hashed keys that expire', async () => {
    await (await server()).take(TWICE, 'ada@example.com');
    const [keys, lifetime] = await inspect(async (client) => {
      const found = await client.keys('*');
      return [found, await client.ttl(found[0]!)] as const;
    });
    expect(keys).toEqual([expect.stringMatching(/^rate:twice:[\w-]{22}$/)]);
    expect(lifetime).toBeGreaterThan(590);
    expect(lifetime).toBeLessThanOrEqual(600);
  });

  it('are counted by each server alone while Redis is away: nobody is locked out, nobody is let in uncounted', async () => {
    const [one, two] = [await server(), await server()];
    for (const each of [one, two]) await each.take(TWICE, 'ada');
    await expect(two.take(TWICE, 'ada', 1)).rejects.toMatchObject(LIMITED);
    await redis.stop();
    for (const each of [one, two]) {
      for (let time = 0; time < TWICE.points; time += 1) await each.take(TWICE, 'ada');
      await expect(each.take(TWICE, 'ada')).rejects.toMatchObject(LIMITED);
      await each.giveBack(TWICE, 'ada');
      await each.forget(TWICE, 'ada');
      await each.take(TWICE, 'ada');
    }
  });

  it('are shared again when Redis is back, and both are said once', async () => {
    const [one, two] = [await server(), await server()];
    await redis.stop();
    for (const each of [one, two]) await each.take(TWICE, 'ada');
    redis = await startRedis(redis.port);
    await eventually(async () => {
      const key = randomUUID();
      for (const each of [one, two]) await each.take(TWICE, key);
      await expect(one.take(TWICE, key)).rejects.toMatchObject(LIMITED);
    });
    expect(said.filter((line) => line.includes('away'))).toHaveLength(2);
    expect(said.filter((line) => line.includes('back:'))).toHaveLength(2);
  });

  it('do not wait for a Redis that answers nothing any more', async () => {
    const limits = await server();
    await limits.take(TWICE, 'ada');
    await inspect((client) => client.client('PAUSE', 60_000));
    await limits.take(TWICE, 'ada');
    const began = performance.now();
    await limits.take(TWICE, 'ada');
    expect(performance.now() - began).toBeLessThan(500);
    await expect(limits.take(TWICE, 'ada')).rejects.toMatchObject(LIMITED);
  });

  it('do not keep a server from starting while Redis is away', async () => {
    await redis.stop();
    const limits = await server();
    for (let time = 0; time < TWICE.points; time += 1) await limits.take(TWICE, 'ada');
    await expect(limits.take(TWICE, 'ada')).rejects.toMatchObject(LIMITED);
    redis = await startRedis(redis.port);
  });
});
