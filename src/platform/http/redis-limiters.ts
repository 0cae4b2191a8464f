import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { memoryLimiters, type LimiterFactory } from './rate-limits.js';

/** Rates counted where every web server sees them. */
export interface SharedLimiters {
  readonly limiters: LimiterFactory;
  close(): Promise<void>;
}

/** How long Redis may be silent before it counts as gone: longer than a busy one is, shorter than a person waits. */
const PATIENCE_MS = 1000;
const TRY_AGAIN_AT_MOST_EVERY_MS = 2000;

/** A command waits for nothing: whoever signs in is not to pay for a Redis that is away. */
const HASTY = {
  connectTimeout: PATIENCE_MS,
  disconnectTimeout: 100,
  socketTimeout: PATIENCE_MS,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 100, TRY_AGAIN_AT_MOST_EVERY_MS),
};

/**
 * Counts in Redis on one connection. While it is away every server counts in its own memory instead: limits are then
 * looser by the number of servers, but nobody is locked out and nobody is let in uncounted.
 */
export async function redisLimiters(url: string): Promise<SharedLimiters> {
  const redis = new Redis(url, HASTY);
  sayWhenItIsAway(redis);
  await new Promise((resolve) => redis.once('ready', resolve).once('close', resolve));
  const limiters: LimiterFactory = (options) =>
    new RateLimiterRedis({
      ...options,
      keyPrefix: `rate:${options.keyPrefix}`,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: memoryLimiters(options),
    });
  return { limiters, close: async () => redis.disconnect() };
}

function sayWhenItIsAway(redis: Redis): void {
  const logger = new Logger('RateLimits');
  let away = false;
  redis.on('error', () => undefined); // unheard it would end the process; what matters is said below
  redis.on('reconnecting', () => {
    if (!away) logger.warn('Redis is away: this server counts rates by itself until it is back');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.log('Redis is back: rates are counted together again');
    away = false;
  });
}
