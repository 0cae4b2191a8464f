import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { ACCESS, type AccessRule } from './access.js';
import type { Caller } from './caller.js';
import { Callers } from './callers.js';
import { Permissions } from './permissions.js';
import { setCaller } from './request-context.js';

/** Stands before every route and lets through only whom its `@Access` names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly permissions: Permissions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (!rule) refuse('ACCESS_UNDECLARED', 'This address is open to nobody.', 'forbidden');
    if ('public' in rule) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = await this.callers.of(request);
    this.refuseUnlessAllowed(rule, caller);
    setCaller(request, caller);
    return true;
  }

  private refuseUnlessAllowed(rule: Exclude<AccessRule, { public: string }>, caller: Caller): void {
    if ('customer' in rule) {
      if (caller.kind !== 'customer') refuse('CUSTOMER_ONLY', 'Only the holder of a link can do this.', 'forbidden');
      return;
    }
    if (caller.kind === 'customer') refuse('MEMBERS_ONLY', 'A link does not open this.', 'forbidden');
    this.permissions.demand(caller, rule.permission);
  }
}
