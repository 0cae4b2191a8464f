import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { describedHeader } from './described-header.js';

/** The caller's `Idempotency-Key`, or null. @throws Refusal `IDEMPOTENCY_KEY_INVALID` */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | null =>
    readIdempotencyKey(context.switchToHttp().getRequest<Request>()),
  [
    describedHeader({
      name: 'Idempotency-Key',
      description: 'Of your choice: a call repeated with it is the same call. It never expires.',
      schema: { minLength: 1, maxLength: 255, pattern: '^[ -~]+$', example: 'ticket-4711-first-ask' },
    }),
  ],
);

export function readIdempotencyKey(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    refuse('IDEMPOTENCY_KEY_INVALID', 'An Idempotency-Key is 1 to 255 printable ASCII characters.', 'invalid');
  }
  return key;
}

/**
 * The id that a creating command takes for an `Idempotency-Key`: the same caller's workspace, route and key always
 * give the same UUID (version 8), so that a repeated command finds its own work done. Workspaces cannot collide.
 */
export function idempotentId(workspaceId: string, route: string, key: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([workspaceId, route, key]))
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
