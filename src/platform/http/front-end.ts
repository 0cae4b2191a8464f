import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type BuiltFile, compressedName, indexBuild } from './front-end-files.js';
import { nameRoute } from './request-log.js';
import { pagePolicy, scriptPolicy } from './security-headers.js';

/** Addresses that belong to the server; the front end never answers for them. */
const SERVER_PATHS = /^\/(api|uploads|healthz|readyz|metrics)(\/|$)/i;
const FRAMABLE = '/widget';
const FALLBACK = '/fallback.html';
/**
 * Every customer's link opens the one page that was made for all of them: it names its scripts, so they come at once.
 * So does what mails and people make of a link (a slash or a full stop behind it, capitals, nothing left of the code):
 * that page knows what to say when the code is not to be recognised any more.
 */
const LINK = /^\/r(\/[^/]*)?\/*$/i;
const LINK_PAGE = '/r/link.html';

/**
 * Serves the built front end: compressed copies, caching, a policy per page. Any other address that a browser opens
 * gets the fallback page, whose own router finds (or misses) the way.
 * @throws Error when the directory holds no build
 */
export async function frontEnd(directory: string, widgetFrameAncestors: readonly string[]): Promise<RequestHandler> {
  const files = await indexBuild(directory).catch((error: Error) => {
    throw new Error(`There is no built front end in ${directory}; run "npm run build".`, { cause: error });
  });
  const policies = new Map([...files.values()].map((built) => [built, policiesOf(built, widgetFrameAncestors)]));
  return (request: Request, response: Response, next: NextFunction) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || SERVER_PATHS.test(request.path)) return next();
    const built = files.get(request.path) ?? fallbackFor(request, files);
    if (!built) return next();
    nameRoute(response, built.inline ? 'page' : 'asset');
    const policy = policies.get(built)?.[isFramable(request.path) ? 'framable' : 'usual'];
    if (!policy) return send(request, response, next, directory, built);
    policy(request, response, () => send(request, response, next, directory, built));
  };
}

function policiesOf({ inline, extension }: BuiltFile, widgetFrameAncestors: readonly string[]) {
  if (extension === '.js') return { usual: scriptPolicy(), framable: scriptPolicy() };
  if (!inline) return undefined;
  return {
    usual: pagePolicy({ ...inline, frameAncestors: [] }),
    framable: pagePolicy({ ...inline, frameAncestors: ["'self'", ...widgetFrameAncestors] }),
  };
}

function isFramable(path: string): boolean {
  return path === FRAMABLE || path.startsWith(`${FRAMABLE}/`);
}

/** Only for navigations: a missing script answered with a page would hide that it is missing. */
function fallbackFor(request: Request, files: ReadonlyMap<string, BuiltFile>): BuiltFile | undefined {
  if (!request.accepts('html')) return undefined;
  const linkPage = LINK.test(request.path) && files.get(LINK_PAGE);
  if (linkPage) return linkPage;
  const looksLikeFile = /\.[a-z0-9]{1,8}$/i.test(request.path) || request.path.startsWith('/_app/');
  return looksLikeFile ? undefined : files.get(FALLBACK);
}

function send(request: Request, response: Response, next: NextFunction, root: string, built: BuiltFile): void {
  const coding = built.codings.length ? request.acceptsEncodings([...built.codings, 'identity']) : false;
  if (built.codings.length) response.vary('Accept-Encoding');
  response.setHeader('Cache-Control', built.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.type(built.extension);
  const compressed = coding === 'br' || coding === 'gzip';
  if (compressed) response.setHeader('Content-Encoding', coding);
  response.setHeader('ETag', `"${built.digest}${compressed ? `-${coding}` : ''}"`);
  const file = compressed ? compressedName(built.file, coding) : built.file;
  response.sendFile(
    file,
    { root, cacheControl: false, lastModified: false, dotfiles: 'allow', acceptRanges: !compressed },
    (error) => {
      if (error && !response.headersSent) next(error);
    },
  );
}
