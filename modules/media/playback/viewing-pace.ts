import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { callerOf } from '#platform/http/request-context.js';

/** Each stays in the log for ever. No person begins so many, and an integration that takes a whole archive away gets on. */
const BEGUN: RateLimit = { name: 'viewings_begun', points: 1200, perSeconds: 600 };

/** Counts for whoever begins them, never for the address that all agents of a company share. */
@Injectable()
export class ViewingPace implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  /** @throws Refusal `RATE_LIMITED` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { kind, id } = callerOf(context.switchToHttp().getRequest<Request>())!;
    await this.limits.pace(BEGUN, `${kind} ${id}`);
    return true;
  }
}
