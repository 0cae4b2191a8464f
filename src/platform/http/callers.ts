import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { type Authenticator, AUTHENTICATORS } from './authenticator.js';
import type { Caller } from './caller.js';
import { refuseInAnothersName } from './expected-member.js';
import { HttpSettings } from './http-settings.js';
import { refuseForeignOrigin } from './origin.js';

/** Those who come with a cookie, which a browser adds whichever page makes it. */
const BY_COOKIE: ReadonlySet<Caller['kind']> = new Set(['member', 'staff']);

/** Finds out who is asking. */
@Injectable()
export class Callers {
  constructor(
    @Inject(AUTHENTICATORS) private readonly authenticators: readonly Authenticator[],
    private readonly settings: HttpSettings,
  ) {}

  /**
   * The caller that the request's credential proves at this moment.
   * @param use see {@link Authenticator.authenticate}
   * @throws Refusal `SIGN_IN_REQUIRED`, `ORIGIN_NOT_ALLOWED`, `OTHER_MEMBER`
   */
  async of(request: Request, use: boolean): Promise<Caller> {
    const caller = await this.recognise(request, use);
    if (!caller) refuse('SIGN_IN_REQUIRED', 'Sign in, or send a valid key, and try again.', 'unauthenticated');
    if (!BY_COOKIE.has(caller.kind)) return caller;
    refuseForeignOrigin(request, this.settings);
    refuseInAnothersName(request, caller);
    return caller;
  }

  private async recognise(request: Request, use: boolean): Promise<Caller | null> {
    for (const authenticator of this.authenticators) {
      const caller = await authenticator.authenticate(request, use);
      if (caller) return caller;
    }
    return null;
  }
}
