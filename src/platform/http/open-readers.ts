import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';
import { callerOf } from './request-context.js';

/** Long answers of one kind, and how many of them one session, key or link may be reading at once. */
export interface ReaderLimit {
  readonly kind: string;
  readonly most: number;
}

const open = new Map<string, number>();

/**
 * Counts a long answer to its caller until it ends: each holds memory of ours for as long as it is not read.
 * @throws Refusal `TOO_MANY_READERS`
 */
export function countReader(request: Request, response: Response, { kind, most }: ReaderLimit): void {
  const { via } = callerOf(request)!;
  const key = `${kind} ${via.kind} ${via.id}`;
  const others = open.get(key) ?? 0;
  if (others >= most) refuseReader();
  open.set(key, others + 1);
  response.once('close', () => {
    const left = open.get(key)! - 1;
    if (left) open.set(key, left);
    else open.delete(key);
  });
}

function refuseReader(): never {
  const sentence = 'Too much of yours is being played, downloaded or followed at once. End some of it and try again.';
  refuse('TOO_MANY_READERS', sentence, 'rate_limited', { retryAfterSeconds: 5 });
}
