import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Role, Scope } from './caller.js';

/** Metadata key under which a route's rule is kept. */
export const ACCESS = 'screendesk:access';

/** Who may call a route: anyone (and why), the holder of a link, or members by role and API keys by scope. */
export type AccessRule =
  | { readonly public: string }
  | { readonly customer: true }
  | { readonly roles: readonly Role[]; readonly scope?: Scope };

/** Names of the security schemes in the OpenAPI document. */
export const SECURITY = { session: 'session', apiKey: 'apiKey', capability: 'capability' } as const;

/**
 * Declares who may call a route; a route without it is closed to everyone. Without a `scope`, API keys are refused.
 */
export function Access(rule: AccessRule): MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS, rule), ApiExtension('x-access', rule), ...securityOf(rule));
}

function securityOf(rule: AccessRule): MethodDecorator[] {
  if ('public' in rule) return [];
  if ('customer' in rule) return [ApiSecurity(SECURITY.capability)];
  return [ApiSecurity(SECURITY.session), ...(rule.scope ? [ApiSecurity(SECURITY.apiKey, [rule.scope])] : [])];
}
