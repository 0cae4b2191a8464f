import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Admission } from './admission.js';
import type { Caller } from './caller.js';
import { type Condition, ProvenConditions } from './proven-conditions.js';

/** By request, kept beside it as its caller is. */
const endings = new WeakMap<object, (condition: Condition) => void>();

/** Ends the answer, if it is one to a caller, soon after the condition, which holds at this moment, no longer does. */
export function answerOnlyWhile(request: Request, condition: Condition): void {
  endings.get(request)?.(condition);
}

/**
 * Ends answers that take long (event streams, media, downloads) when whoever asked may not have them any more: signed
 * out, removed, another role, a revoked key, a recording that has gone. Routes need do nothing for it.
 */
@Injectable()
export class OpenAnswers {
  constructor(
    private readonly admission: Admission,
    private readonly conditions: ProvenConditions,
  ) {}

  /** Watches over an answer to somebody who has just been let in, until it has been given. */
  watch(request: Request, response: Response, { via }: Caller, permission: string): void {
    const endWith = (condition: Condition) => this.conditions.endWith(condition, response);
    const holds = () => this.admission.stillHolds(request, permission);
    endWith({ key: `${via.kind} ${via.id} ${permission}`, holds });
    endings.set(request, endWith);
  }
}
