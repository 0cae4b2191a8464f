import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { inConversation } from '#platform/telemetry/conversation.js';
import { beginRequest } from './request-context.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
export const CORRELATION_HEADER = 'X-Correlation-Id';

/** Joins what one call sets off: takes the caller's id when it is a UUID, makes one otherwise, and says which. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const offered = request.get(CORRELATION_HEADER) ?? '';
  const id = UUID.test(offered) ? offered.toLowerCase() : randomUUID();
  beginRequest(request, id);
  response.setHeader(CORRELATION_HEADER, id);
  inConversation(id, next);
}
