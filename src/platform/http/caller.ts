import type { Actor, By, Proof, Via } from '#kernel/event.js';

/** Who is asking, as one of the authenticators proved it. A context's own callers carry more, which it alone reads. */
export interface Caller {
  readonly kind: Exclude<Actor['kind'], 'system'>;
  readonly id: string;
  readonly workspaceId: string;
  /** What they came by, and how strongly it was proven who they are: every event they bring about says so. */
  readonly via: Via;
  readonly proof: Proof;
  readonly onBehalfOf?: Actor;
}

/** What a command carries about its caller. A request from outside is its own cause. */
export function byOf({ kind, id, workspaceId, via, proof, onBehalfOf }: Caller, correlationId: string): By {
  return { actor: { kind, id }, via, proof, onBehalfOf, workspaceId, correlationId, causationId: correlationId };
}
