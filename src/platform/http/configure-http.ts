import { Logger, type NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { Metrics } from '#platform/telemetry/metrics.js';
import { bodyDeadline, jsonBodies } from './body-parsers.js';
import { echoCall } from './call-echo.js';
import { clientAddress } from './client-address.js';
import { correlate } from './correlation.js';
import { HttpSettings } from './http-settings.js';
import { OpenApiDocument } from './open-api.js';
import { type RateLimit, RateLimits } from './rate-limits.js';
import { requestLog } from './request-log.js';
import { securityHeaders } from './security-headers.js';
import { unreadAnswers, unwantedBodies } from './silent-ends.js';
import { frontEnd } from './front-end.js';

/** What `NestFactory.create` (or a testing module) must be given: no parsers but ours, and no waiting for idle sockets. */
export const NEST_HTTP_OPTIONS = { bodyParser: false, forceCloseConnections: true } satisfies NestApplicationOptions;

/** Node would end any request after five minutes; zero leaves it to {@link bodyDeadline} and to the uploads. */
const UPLOADS_MAY_TAKE_HOURS = 0;

/** Longer than proxies keep theirs (a minute, mostly): whichever closes first may cut off a request that is on its way. */
const IDLE_CONNECTIONS_STAY_MS = 75_000;

/**
 * Everything around the routes, in order: correlation, log, headers, limits, parsers for the API alone, the front end.
 * Call it once before `init` or `listen`; the settings come from {@link HttpSettings}.
 */
export async function configureHttp(app: NestExpressApplication): Promise<void> {
  const settings = app.get(HttpSettings);
  app.set('trust proxy', settings.trustedProxyHops);
  if (settings.trustedProxyHops === 0) app.use(sayForwarded());
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(correlate, echoCall, requestLog(app.get(Metrics)), ...securityHeaders());
  app.use(unwantedBodies(), unreadAnswers(settings.answerIdleMs));
  app.use('/api', noStore, limitCalls(app.get(RateLimits), settings.apiCallsPerMinute));
  app.use('/api', bodyDeadline(settings.bodyTimeoutMs), ...jsonBodies(settings.maxJsonBytes));
  app.getHttpServer().requestTimeout = UPLOADS_MAY_TAKE_HOURS;
  app.getHttpServer().keepAliveTimeout = IDLE_CONNECTIONS_STAY_MS;
  if (settings.frontEndDirectory) app.use(await frontEnd(settings.frontEndDirectory, settings.widgetFrameAncestors));
  app.get(OpenApiDocument).describes(app);
}

/** Behind a proxy that is not trusted everybody has one address, and one share of every limit: somebody should know. */
function sayForwarded() {
  let isSaid = false;
  return ({ headers }: Request, _response: Response, next: NextFunction) => {
    if (!isSaid && (headers['x-forwarded-for'] ?? headers.forwarded) !== undefined) {
      isSaid = true;
      new Logger('Http').warn(
        'Requests come with X-Forwarded-For or Forwarded, which is not believed: whoever comes through a proxy counts as ' +
          'one address and shares one limit. If there is a proxy of yours, set TRUST_PROXY to how many there are (mostly 1).',
      );
    }
    next();
  };
}

/** Answers of the API may be personal; a route that wants caching says so itself. */
function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

function limitCalls(limits: RateLimits, perMinute: number) {
  const limit: RateLimit = { name: 'api_calls', points: perMinute, perSeconds: 60 };
  return (request: Request, _response: Response, next: NextFunction) => {
    limits.take(limit, clientAddress(request)).then(() => next(), next);
  };
}
