import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { PayloadTooLargeException } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { announcedLength, DRAINED_BYTES } from './raw-body.js';

const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);
const DEEPEST = 20;

/** Parsers for the JSON API only. Uploads stream past them untouched. */
export function jsonBodies(maxBytes: number): RequestHandler[] {
  return [refuseEndless(maxBytes), express.json({ limit: maxBytes, strict: true }), refuseDangerousBody, refuseList];
}

/** The parser reads what is too long for it to the end before it says so: here it is refused, or cut off, long before. */
function refuseEndless(maxBytes: number): RequestHandler {
  return (request, _response, next) => {
    if (!request.is('json')) return next();
    if ((announcedLength(request) ?? 0) > maxBytes) throw new PayloadTooLargeException();
    let left = maxBytes + DRAINED_BYTES;
    request.on('data', (chunk: Buffer) => (left -= chunk.length) < 0 && request.destroy());
    next();
  };
}

/** Hangs up on a body that dawdles: a connection kept open byte by byte costs its sender nothing. */
export function bodyDeadline(timeoutMs: number): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => request.complete || request.destroy(), timeoutMs).unref();
    response.once('close', () => clearTimeout(timer));
    next();
  };
}

/** No message of this API is a list; taken for an object it would be one without fields. */
function refuseList(request: Request, _response: Response, next: NextFunction): void {
  if (Array.isArray(request.body)) refuse('BODY_NOT_AN_OBJECT', 'Send one JSON object, not a list.', 'invalid');
  next();
}

/** Refuses what can pollute prototypes or overflow a stack further in, before any code looks at it. */
function refuseDangerousBody(request: Request, _response: Response, next: NextFunction): void {
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) refuse('BODY_TOO_DEEP', 'The JSON is nested too deeply.', 'invalid');
    level = level.filter(isContainer).flatMap(childrenOf);
  }
  next();
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function childrenOf(container: object): unknown[] {
  if (Array.isArray(container)) return container;
  if (Object.keys(container).some((key) => DANGEROUS.has(key))) {
    refuse('BODY_KEY_NOT_ALLOWED', 'The JSON has a key that is not allowed.', 'invalid');
  }
  return Object.values(container);
}
