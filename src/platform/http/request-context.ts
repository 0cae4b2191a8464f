import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { By } from '#kernel/event.js';
import { byOf, type Caller } from './caller.js';

interface RequestContext {
  readonly correlationId: string;
  caller: Caller | null;
}

/** Kept beside the request rather than on it, so that no header, body or parser can ever put a caller there. */
const contexts = new WeakMap<object, RequestContext>();

export function beginRequest(request: Request, correlationId: string): void {
  contexts.set(request, { correlationId, caller: null });
}

function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error('The request passed no correlation middleware; was configureHttp called?');
  return context;
}

export function correlationIdOf(request: Request): string {
  return contextOf(request).correlationId;
}

export function setCaller(request: Request, caller: Caller): void {
  contextOf(request).caller = caller;
}

/** Who is asking; null on a public route or before the guard ran. */
export function callerOf(request: Request): Caller | null {
  return contexts.get(request)?.caller ?? null;
}

function provenCaller(context: ExecutionContext): [Caller, string] {
  const request = context.switchToHttp().getRequest<Request>();
  const caller = callerOf(request);
  if (!caller) throw new Error('A public route has no caller; declare another access or do not ask for one.');
  return [caller, correlationIdOf(request)];
}

/** The proven {@link Caller}. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return provenCaller(context)[0];
});

/** The kernel's {@link By} for commands of this request. */
export const CurrentBy = createParamDecorator((_: unknown, context: ExecutionContext): By => {
  return byOf(...provenCaller(context));
});

/** The request's correlation id, for public routes that make a `By` of their own. */
export const CorrelationId = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  correlationIdOf(context.switchToHttp().getRequest<Request>()),
);
