import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { DEVICE_KNOWN_MS } from '../credentials/known-devices.js';
import { COOKIE_ATTRIBUTES } from './session-cookie.js';

/** Outlives sessions and signing out: it opens nothing, it only says that somebody has signed in here before. */
const NAME = '__Host-screendesk-device';

export function readDeviceCookie(request: Request): string | null {
  return parseCookie(request.headers.cookie ?? '')[NAME] ?? null;
}

export function setDeviceCookie(response: Response, value: string): void {
  const maxAge = Math.floor(DEVICE_KNOWN_MS / 1000);
  response.appendHeader('Set-Cookie', stringifySetCookie({ name: NAME, value, maxAge, ...COOKIE_ATTRIBUTES }));
}
