import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { ACCESS, type AccessRule } from './access.js';
import { type Authenticator, AUTHENTICATORS } from './authenticator.js';
import type { Caller } from './caller.js';
import { HttpSettings } from './http-settings.js';
import { refuseForeignOrigin } from './origin.js';
import { setCaller } from './request-context.js';

/** Stands before every route and lets through only whom its `@Access` names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATORS) private readonly authenticators: readonly Authenticator[],
    private readonly settings: HttpSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (!rule) refuse('ACCESS_UNDECLARED', 'This address is open to nobody.', 'forbidden');
    if ('public' in rule) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = await this.recognise(request);
    if (!caller) refuse('SIGN_IN_REQUIRED', 'Sign in, or send a valid key, and try again.', 'unauthenticated');
    if (caller.kind === 'member') refuseForeignOrigin(request, this.settings);
    refuseUnlessAllowed(rule, caller);
    setCaller(request, caller);
    return true;
  }

  private async recognise(request: Request): Promise<Caller | null> {
    for (const authenticator of this.authenticators) {
      const caller = await authenticator.authenticate(request);
      if (caller) return caller;
    }
    return null;
  }
}

function refuseUnlessAllowed(rule: Exclude<AccessRule, { public: string }>, caller: Caller): void {
  if ('customer' in rule) {
    if (caller.kind !== 'customer') refuse('CUSTOMER_ONLY', 'Only the holder of a link can do this.', 'forbidden');
    return;
  }
  if (caller.kind === 'customer') refuse('MEMBERS_ONLY', 'A link does not open this.', 'forbidden');
  if (caller.kind === 'member' && !rule.roles.includes(caller.role)) {
    refuse('ROLE_NOT_ALLOWED', `Only ${rule.roles.join(' or ')} may do this.`, 'forbidden');
  }
  if (caller.kind === 'api_key' && !(rule.scope && caller.scopes.includes(rule.scope))) {
    const needed = rule.scope ? `This needs an API key with the scope ${rule.scope}.` : 'API keys cannot do this.';
    refuse('SCOPE_NOT_GRANTED', needed, 'forbidden');
  }
}
