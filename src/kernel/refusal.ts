/** Why a refusal happened, as HTTP will say it: see `src/platform/http/problem.ts`. */
export type RefusalKind =
  | 'conflict'
  | 'invalid'
  | 'unauthenticated'
  | 'not_found'
  | 'gone'
  | 'forbidden'
  | 'stale'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable';

/**
 * A business rule said no. The code is for machines (`REQUEST_NOT_OPEN`), the sentence tells a person what to do.
 * Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly kind: RefusalKind = 'conflict',
    /** Further members of the problem document; never personal data or secrets. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${sentence}`);
    this.name = 'Refusal';
  }
}

/** Throws a {@link Refusal}. */
export function refuse(code: string, sentence: string, kind?: RefusalKind, details?: Record<string, unknown>): never {
  throw new Refusal(code, sentence, kind, details);
}
