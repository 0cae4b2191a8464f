import { randomBytes } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { COOKIE_ATTRIBUTES } from './session-cookie.js';

/** By what somebody who was told to come back finds their turn again. It opens nothing, and names nobody. */
const NAME = '__Host-screendesk-turn';
const HOUR_SECONDS = 3600;

/** The caller's, or a new one: whoever brings none is told apart from everybody else. */
export function readTurnCookie(request: Request): string {
  const turn = parseCookie(request.headers.cookie ?? '')[NAME];
  return turn && /^[A-Za-z0-9_-]{22}$/.test(turn) ? turn : randomBytes(16).toString('base64url');
}

export function setTurnCookie(response: Response, value: string): void {
  const cookie = stringifySetCookie({ name: NAME, value, maxAge: HOUR_SECONDS, ...COOKIE_ATTRIBUTES });
  response.appendHeader('Set-Cookie', cookie);
}
