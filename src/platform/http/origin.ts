import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import type { HttpSettings } from './http-settings.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Against cross-site request forgery: what a cookie authorises must come from our own pages. Browsers send `Origin`
 * with every unsafe request, so its absence is refused too.
 */
export function refuseForeignOrigin(request: Request, settings: HttpSettings): void {
  if (SAFE.has(request.method) || isOwnOrigin(request.get('origin'), settings)) return;
  refuse('ORIGIN_NOT_ALLOWED', 'This request did not come from a page of this Screendesk.', 'forbidden');
}

/** For public routes: a foreign page is refused, a client that is no browser (and sends no `Origin`) is not. */
export function refuseForeignPage(request: Request, settings: HttpSettings): void {
  if (request.get('origin') !== undefined) refuseForeignOrigin(request, settings);
}

function isOwnOrigin(origin: string | undefined, { publicUrl }: HttpSettings): boolean {
  if (!origin) return false;
  if (origin === publicUrl.origin) return true;
  const offered = URL.parse(origin);
  return (
    isLoopback(publicUrl) &&
    offered !== null &&
    isLoopback(offered) &&
    offered.port === publicUrl.port &&
    offered.protocol === publicUrl.protocol &&
    offered.origin === origin
  );
}

/** Whether a URL names this very machine, where browsers trust plain http. */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
