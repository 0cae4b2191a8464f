import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';
import { describedHeader } from './described-header.js';

/** The ETag of an aggregate's version, as commands answer it. `If-Match` asks for no more than the version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The ETag of an answer about an aggregate: its version, and a digest of what is said, which also changes when nobody
 * changed anything, such as by time running out or by work going on.
 */
export function stateTag(version: number, said: unknown): string {
  return `"${version}-${hash('sha256', JSON.stringify(said), 'base64url').slice(0, 16)}"`;
}

/** Gives an answer its {@link stateTag}; whoever has it already (`If-None-Match`) is then told 304 by the framework. */
export function describeState<View extends { readonly version: number }>(response: Response, view: View): View {
  response.setHeader('ETag', stateTag(view.version, view));
  return view;
}

/** What a command answers besides its body: the new version as ETag, and the token that a query can wait for. */
export function describeChange(response: Response, changed: { version: number; after: string | null }): void {
  response.setHeader('ETag', entityTag(changed.version));
  if (changed.after) response.setHeader('Screendesk-After', changed.after);
}

/**
 * The version named by `If-Match`, or undefined where the caller names none (or `*`).
 * @throws Refusal `IF_MATCH_INVALID` when it is no tag of ours; a weak tag never matches and is refused as stale
 */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): number | undefined =>
    readIfMatch(context.switchToHttp().getRequest<Request>()),
  [
    describedHeader({
      name: 'If-Match',
      description: 'An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since.',
      schema: { pattern: '^(\\*|(W/)?".+")$', example: '"3"' },
    }),
  ],
);

export function readIfMatch(request: Request): number | undefined {
  const header = request.get('if-match')?.trim();
  if (header === undefined || header === '*') return undefined;
  if (header.startsWith('W/')) refuse('STALE_VERSION', 'A weak ETag cannot guard a change.', 'stale');
  const match = /^"(-1|\d{1,15})(?:-[\w-]{16})?"$/.exec(header);
  if (!match) refuse('IF_MATCH_INVALID', 'If-Match takes one ETag as it was answered, or *.', 'invalid');
  return Number(match[1]);
}
