import type { Caller } from '#platform/http/caller.js';
import type { MemberRole } from '../domain/member.js';

/** A member in a signed-in browser. */
export interface MemberCaller extends Caller {
  readonly kind: 'member';
  readonly role: MemberRole;
  readonly sessionId: string;
}

/** A program with an API key. */
export interface ApiKeyCaller extends Caller {
  readonly kind: 'api_key';
  readonly scopes: readonly string[];
}

export function isMember(caller: Caller): caller is MemberCaller {
  return caller.kind === 'member';
}

export function isApiKey(caller: Caller): caller is ApiKeyCaller {
  return caller.kind === 'api_key';
}
