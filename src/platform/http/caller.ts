import type { Actor, By } from '#kernel/event.js';

/** Who is asking, as one of the authenticators proved it. A context's own callers carry more, which it alone reads. */
export interface Caller {
  readonly kind: Exclude<Actor['kind'], 'system'>;
  readonly id: string;
  readonly workspaceId: string;
}

/** What a command carries about its caller. A request from outside is its own cause. */
export function byOf({ kind, id, workspaceId }: Caller, correlationId: string): By {
  return { actor: { kind, id }, workspaceId, correlationId, causationId: correlationId };
}
