import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { ABSOLUTE_MS } from '../credentials/sessions.js';

/**
 * The prefix makes browsers refuse the cookie unless it is Secure, host-only and for the whole path, so that no other
 * host of the domain can plant one. Browsers take localhost for secure.
 */
const NAME = '__Host-screendesk';
export const COOKIE_ATTRIBUTES = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
} satisfies Partial<SetCookie>;

export function readSessionCookie(request: Request): string | null {
  const token = parseCookie(request.headers.cookie ?? '')[NAME];
  return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

export function setSessionCookie(response: Response, token: string): void {
  const maxAge = Math.floor(ABSOLUTE_MS / 1000);
  response.setHeader('Set-Cookie', stringifySetCookie({ name: NAME, value: token, maxAge, ...COOKIE_ATTRIBUTES }));
}

export function clearSessionCookie(response: Response): void {
  response.setHeader('Set-Cookie', stringifySetCookie({ name: NAME, value: '', maxAge: 0, ...COOKIE_ATTRIBUTES }));
}
