import { refuse } from '#kernel/refusal.js';
import type { Caller } from '#platform/http/caller.js';
import { Permissions } from '#platform/http/permissions.js';
import { holdersOf, roleHolds, scopeHolds } from '../domain/permissions.js';
import { isApiKey, isMember } from '../credentials/callers.js';

/** Answers the HTTP edge from the declared table. */
export class DeclaredPermissions extends Permissions {
  override demand(caller: Caller, permission: string): void {
    if (isMember(caller)) return refuseRole(roleHolds(caller.role, permission), permission);
    const scopes = isApiKey(caller) ? caller.scopes : [];
    refuseScopes(
      scopes.some((scope) => scopeHolds(scope, permission)),
      permission,
    );
  }

  override scopesWith(permission: string): readonly string[] {
    return holdersOf(permission).scopes;
  }
}

function refuseRole(held: boolean, permission: string): void {
  if (held) return;
  const { roles } = holdersOf(permission);
  const who = roles.map((role) => `${role}s`).join(' and ') || 'nobody';
  refuse('ROLE_NOT_ALLOWED', `Your role does not allow this: it is for ${who}.`, 'forbidden', { permission });
}

function refuseScopes(held: boolean, permission: string): void {
  if (held) return;
  const scopes = holdersOf(permission).scopes.join(' or ');
  const needed = scopes ? `This needs an API key with the scope ${scopes}.` : 'API keys cannot do this.';
  refuse('SCOPE_NOT_GRANTED', needed, 'forbidden', { permission });
}
