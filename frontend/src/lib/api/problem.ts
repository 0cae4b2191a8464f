/** The two ways a call can fail: the server says no (and why), or nobody answers. */

type ProblemBody = {
  code?: string;
  detail?: string;
  title?: string;
  correlationId?: string;
  [detail: string]: unknown;
};

/** The server refused. `message` is its sentence for people; `code` is stable and for programs. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
    readonly details: Record<string, unknown> = {},
    /** Seconds to wait before trying again, when the server said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(sentence);
  }
}

/** No answer came: the network or the server is away. Nothing is known about what happened to the call. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor() {
    super('Screendesk cannot be reached.');
  }
}

/** Reads a refused answer. What is not problem+json (a proxy's page, an empty body) becomes a plain one. */
export function problemFrom(status: number, body: unknown, retryAfterHeader: string | null = null): ApiProblem {
  const { code, detail, title, ...details } = (typeof body === 'object' && body ? body : {}) as ProblemBody;
  const seconds = Number(retryAfterHeader ?? details['retryAfterSeconds'] ?? NaN);
  return new ApiProblem(
    status,
    code ?? `HTTP_${status}`,
    detail ?? title ?? 'The server could not do this.',
    details,
    Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  );
}

export const isSignedOut = (failure: unknown) => failure instanceof ApiProblem && failure.status === 401;
export const isGone = (failure: unknown) => failure instanceof ApiProblem && [404, 410].includes(failure.status);
export const isForbidden = (failure: unknown) => failure instanceof ApiProblem && failure.status === 403;
/** A bad gateway or a restart is the same to people as no network: it passes. */
export const isAway = (failure: unknown) =>
  failure instanceof Unreachable || (failure instanceof ApiProblem && [502, 503, 504].includes(failure.status));
