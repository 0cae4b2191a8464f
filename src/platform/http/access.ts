import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';

/** Metadata key under which a route's rule is kept. */
export const ACCESS = 'screendesk:access';

/** Who may call a route: anyone (and why), the holder of a link, or whoever holds a permission. */
export type AccessRule = { readonly public: string } | { readonly customer: true } | PermissionRule;

interface PermissionRule {
  readonly permission: string;
  /** Set where a call only looks who is there, as a page does by itself: it keeps no idle session alive. */
  readonly look?: true;
}

/** Names of the security schemes in the OpenAPI document. */
export const SECURITY = { session: 'session', apiKey: 'apiKey', capability: 'capability' } as const;

/** Declares who may call a route; a route without it is closed to everyone. */
export function Access(rule: AccessRule): MethodDecorator {
  const security = 'customer' in rule ? [ApiSecurity(SECURITY.capability)] : [];
  return applyDecorators(SetMetadata(ACCESS, rule), ApiExtension('x-access', rule), ...security);
}
