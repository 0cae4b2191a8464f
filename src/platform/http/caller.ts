import type { By } from '#kernel/event.js';

export type Role = 'agent' | 'admin';

/** What an API key may be allowed to do. A route names the one it needs in its `@Access`. */
export const SCOPES = [
  'requests:read',
  'requests:write',
  'recordings:read',
  'recordings:write',
  'workspace:read',
  'members:read',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface MemberCaller {
  readonly kind: 'member';
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly sessionId: string;
}

export interface ApiKeyCaller {
  readonly kind: 'api_key';
  readonly id: string;
  readonly workspaceId: string;
  readonly scopes: readonly string[];
}

/** Whoever holds a link's capability; not a known person. */
export interface CustomerCaller {
  readonly kind: 'customer';
  readonly requestId: string;
  readonly workspaceId: string;
  /** Which of the request's links let them in. */
  readonly link: number;
}

/** Who is asking, as one of the authenticators proved it. */
export type Caller = MemberCaller | ApiKeyCaller | CustomerCaller;

/** What a command carries about its caller. A request from outside is its own cause. */
export function byOf(caller: Caller, correlationId: string): By {
  const id = caller.kind === 'customer' ? caller.requestId : caller.id;
  return {
    actor: { kind: caller.kind, id },
    workspaceId: caller.workspaceId,
    correlationId,
    causationId: correlationId,
  };
}
