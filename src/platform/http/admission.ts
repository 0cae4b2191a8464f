import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Refusal, refuse } from '#kernel/refusal.js';
import type { AccessRule } from './access.js';
import type { Caller } from './caller.js';
import { Callers } from './callers.js';
import { Permissions } from './permissions.js';

/** Lets in whom a route's rule names, and tells later whether they may stay. */
@Injectable()
export class Admission {
  constructor(
    private readonly callers: Callers,
    private readonly permissions: Permissions,
  ) {}

  /** @throws Refusal */
  async admit(request: Request, rule: Exclude<AccessRule, { public: string }>): Promise<Caller> {
    const caller = await this.callers.of(request, !('look' in rule));
    if ('permission' in rule) this.demand(caller, rule.permission);
    else if (caller.kind !== 'customer') refuse('CUSTOMER_ONLY', 'Only the holder of a link can do this.', 'forbidden');
    return caller;
  }

  /** Whether the same credential would be let in once more. Being looked at keeps no session alive. */
  async stillHolds(request: Request, permission: string): Promise<boolean> {
    try {
      this.demand(await this.callers.of(request, false), permission);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  private demand(caller: Caller, permission: string): void {
    if (caller.kind === 'customer') refuse('MEMBERS_ONLY', 'A link does not open this.', 'forbidden');
    this.permissions.demand(caller, permission);
  }
}
