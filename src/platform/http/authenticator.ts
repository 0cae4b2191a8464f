import type { Request } from 'express';
import type { Caller } from './caller.js';

/** Recognises one kind of credential. The access guard asks each in turn until one knows the caller. */
export abstract class Authenticator {
  /**
   * The caller proven by this request, or null when it carries no valid credential of this kind.
   * A cookie yields to an `Authorization` header: who sends one means it.
   * @param use whether the credential is being used, which keeps an idle session alive, or only looked at once more
   */
  abstract authenticate(request: Request, use: boolean): Promise<Caller | null>;
}

/** Injection token of the list of {@link Authenticator}s, given by the composition. */
export const AUTHENTICATORS = Symbol('AUTHENTICATORS');

/** The token of `Authorization: Bearer <token>`, or null. */
export function bearerToken(request: Request): string | null {
  const match = /^Bearer ([\x21-\x7e]{1,2048})$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}
