import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { customerOf } from '../links/customer-caller.js';
import { callerOf } from '#platform/http/request-context.js';

/** A Send reads the request's history and, once for what is there, the whole recording: it cannot be tried as fast as it is asked for. */
const SENDS: RateLimit = { name: 'sends', points: 30, perSeconds: 600 };

@Injectable()
export class SendPace implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  /** @throws Refusal `RATE_LIMITED` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const caller = callerOf(context.switchToHttp().getRequest<Request>());
    await this.limits.pace(SENDS, customerOf(caller!).requestId);
    return true;
  }
}
