import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { redisLimiters, type SharedLimiters } from '#platform/http/redis-limiters.js';
import { eventually } from '../support/eventually.js';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.js';

const TWICE: RateLimit = { name: 'twice', points: 2, perSeconds: 600 };
const LIMITED = { code: 'RATE_LIMITED' };

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
