import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { HttpSettings } from './http-settings.js';
import { refuseForeignPage } from './origin.js';

/** For public routes that set or clear a cookie: other sites' pages may not call them, programs may. */
@Injectable()
export class OwnPagesGuard implements CanActivate {
  constructor(private readonly settings: HttpSettings) {}

  canActivate(context: ExecutionContext): boolean {
    refuseForeignPage(context.switchToHttp().getRequest<Request>(), this.settings);
    return true;
  }
}
