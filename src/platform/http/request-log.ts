import { Logger } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Metrics } from '#platform/telemetry/metrics.js';
import { callerOf, correlationIdOf } from './request-context.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** One line and one measurement per request. The path appears as its route's template, so that no id or code does. */
export function requestLog(metrics: Metrics): RequestHandler {
  const logger = new Logger('Http');
  return (request: Request, response: Response, next: NextFunction) => {
    const started = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const method = METHODS.has(request.method) ? request.method : 'OTHER';
      const [route, status] = [routeOf(request, response), response.statusCode];
      metrics.httpDuration.observe({ method, route, status: String(status) }, seconds);
      const kind = callerOf(request)?.kind ?? 'nobody';
      const correlationId = correlationIdOf(request);
      logger.log({
        msg: response.writableFinished ? 'Answered' : 'Cut off',
        ...{ method, route, status, kind, correlationId, durationMs: Math.round(seconds * 1e4) / 10 },
      });
    });
    next();
  };
}

/** Names what a middleware served, where there is no route to name it. */
export function nameRoute(response: Response, template: string): void {
  response.locals.route = template;
}

function routeOf(request: Request, response: Response): string {
  const template = (request as { route?: { path?: unknown } }).route?.path ?? response.locals.route;
  return typeof template === 'string' ? template : 'unmatched';
}
