import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';
import { ACCESS, type AccessRule } from './access.js';
import { Admission } from './admission.js';
import { OpenAnswers } from './open-answers.js';
import { setCaller } from './request-context.js';

/** Stands before every route and lets through only whom its `@Access` names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly admission: Admission,
    private readonly answers: OpenAnswers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (!rule) refuse('ACCESS_UNDECLARED', 'This address is open to nobody.', 'forbidden');
    if ('public' in rule) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const caller = await this.admission.admit(request, rule);
    setCaller(request, caller);
    if ('permission' in rule) this.answers.watch(request, http.getResponse<Response>(), caller, rule.permission);
    return true;
  }
}
