import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What one page may load and who may frame it. */
export interface PagePolicy {
  /** CSP sources (`'sha256-…'`) of the page's inline scripts and styles. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly frameAncestors: readonly string[];
}

const YEAR = 31_536_000;
const CAPABILITIES = [
  ...['camera', 'display-capture', 'fullscreen', 'microphone', 'picture-in-picture', 'screen-wake-lock'].map(
    (feature) => `${feature}=(self)`,
  ),
  ...['clipboard-write'].map((feature) => `${feature}=(self)`),
  ...['geolocation', 'payment', 'usb', 'serial', 'hid', 'bluetooth', 'midi'].map((feature) => `${feature}=()`),
].join(', ');

/** Headers of every answer, with a policy that lets nothing run: pages get their own by {@link pagePolicy}. */
export function securityHeaders(): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: { maxAge: YEAR, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  return [headers, (_request, response, next) => void (response.setHeader('Permissions-Policy', CAPABILITIES), next())];
}

/** Replaces the policy for a script: a worker lives by the policy of its own file, and has to reach this server. */
export function scriptPolicy(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], scriptSrc: ["'self'"], connectSrc: ["'self'"], frameAncestors: ["'none'"] },
  });
}

/** Replaces the policy for one HTML page. Without `unsafe-inline`: its inline scripts are named by their hashes. */
export function pagePolicy(policy: PagePolicy): RequestHandler {
  const self = "'self'";
  const frameAncestors = policy.frameAncestors.length ? policy.frameAncestors : ["'none'"];
  const csp = helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: [self],
      scriptSrc: [self, ...policy.scripts],
      scriptSrcAttr: ["'none'"],
      styleSrc: [self, ...policy.styles],
      imgSrc: [self, 'data:', 'blob:'],
      mediaSrc: [self, 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: [self],
      frameAncestors,
    },
  });
  return (request: Request, response: Response, next: NextFunction) => {
    if (policy.frameAncestors.length) response.removeHeader('X-Frame-Options');
    csp(request, response, next);
  };
}
