import type { NextFunction, Request, Response } from 'express';

/** Not the correlation id: gateways set one of their own in its place, and no answer would ever count as ours again. */
export const CALL_HEADER = 'Screendesk-Call';
const NAME = /^[0-9a-f-]{36}$/;

/**
 * Says back what the caller named this call, a lower-case UUID. So it can tell an answer of ours from one that a proxy, a
 * hotel's sign-in page or a cache gave in our place: nothing is thrown away on the word of those.
 */
export function echoCall(request: Request, response: Response, next: NextFunction): void {
  const name = request.get(CALL_HEADER) ?? '';
  if (NAME.test(name)) response.setHeader(CALL_HEADER, name);
  next();
}
