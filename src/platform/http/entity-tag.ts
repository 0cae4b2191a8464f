import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';

/** The ETag of an aggregate's version. */
export function entityTag(version: number): string {
  return `"${version}"`;
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
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined =>
  readIfMatch(context.switchToHttp().getRequest<Request>()),
);

export function readIfMatch(request: Request): number | undefined {
  const header = request.get('if-match')?.trim();
  if (header === undefined || header === '*') return undefined;
  if (header.startsWith('W/')) refuse('STALE_VERSION', 'A weak ETag cannot guard a change.', 'stale');
  const match = /^"(\d{1,15})"$/.exec(header);
  if (!match) refuse('IF_MATCH_INVALID', 'If-Match takes one ETag as it was answered, or *.', 'invalid');
  return Number(match[1]);
}
