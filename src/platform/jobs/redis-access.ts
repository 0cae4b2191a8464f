import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { StartProblem } from '#platform/config/start-problem.js';

const WHY: readonly [RegExp, string][] = [
  [/\bWRONGPASS\b|\binvalid password\b/, 'refuses the user or the password'],
  [/\bNOAUTH\b/, 'wants a password, and none is set'],
  [/\bNOPERM\b/, 'does not let this user do what the queues need (see ACL LIST there)'],
];

/** Why Redis does not let us in, in words for the operator; null when the error is about something else. */
function refusalOf(error: unknown, url: string): string | null {
  const { message } = error as Error;
  const why = WHY.find(([pattern]) => pattern.test(message))?.[1];
  const { hostname, port } = new URL(url);
  return why ? `Redis at ${hostname || 'localhost'}:${port || 6379} ${why}. Look at REDIS_URL.` : null;
}

/** A start waits no longer for a Redis that it can do without. */
const LOOK_MS = 2_000;
const ONCE = {
  connectTimeout: LOOK_MS,
  commandTimeout: LOOK_MS,
  maxRetriesPerRequest: 0,
  retryStrategy: () => null,
};

/**
 * Makes sure that Redis, if it is there, lets us do what queues ask of it first.
 * @throws StartProblem when it does not: jobs would wait for ever
 */
export async function requireAccess(url: string): Promise<void> {
  const redis = new Redis(url, ONCE);
  redis.on('error', () => undefined); // what is asked below says so
  try {
    await redis.info('server');
    await redis.eval("return redis.call('EXISTS', KEYS[1])", 1, 'bull:screendesk');
  } catch (error) {
    const refusal = refusalOf(error, url);
    if (refusal) throw new StartProblem(refusal, { cause: error });
  } finally {
    redis.disconnect();
  }
}

/**
 * Connections come back by themselves, and a call that failed says so itself; but a refusal is told to the connection
 * alone, and lasts until the operator knows of it.
 */
export function sayingRefusals(redis: Redis, url: string): Redis {
  const logger = new Logger('Jobs');
  return redis.on('error', (error: unknown) => {
    const refusal = refusalOf(error, url);
    if (refusal) logger.warn(`${refusal} Jobs wait until it lets us in.`);
  });
}
