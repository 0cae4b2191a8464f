import { STATUS_CODES } from 'node:http';
import { Refusal, type RefusalKind } from '#kernel/refusal.js';

/** RFC 9457, with our code and correlation id. Further members come from the refusal's details. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly correlationId: string;
  readonly [member: string]: unknown;
}

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
};

/** What is away is back, and what is being built is there, within some of these. */
export const RETRY_AFTER_SECONDS = 5;

/** The problem document of a refusal. Details never overwrite the members that every problem has. */
export function problemOf(refusal: Refusal, correlationId: string, status = STATUS[refusal.kind]): Problem {
  return {
    ...(status === 503 && { retryAfterSeconds: RETRY_AFTER_SECONDS }),
    ...refusal.details,
    type: `https://screendesk.dev/problems/${refusal.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: refusal.sentence,
    code: refusal.code,
    correlationId,
  };
}
