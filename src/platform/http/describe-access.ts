import type { OpenAPIObject } from '@nestjs/swagger';
import { type AccessRule, SECURITY } from './access.js';
import type { Permissions } from './permissions.js';

interface Operation {
  readonly 'x-access'?: AccessRule;
  security?: Record<string, readonly string[]>[];
}

/** Says of every operation that names a permission who holds it: a session whose role does, and keys by scope. */
export function describeAccess({ paths }: OpenAPIObject, permissions: Permissions): void {
  for (const path of Object.values(paths)) {
    for (const operation of Object.values(path) as Operation[]) {
      const rule = operation['x-access'];
      if (!rule || !('permission' in rule)) continue;
      const byKey = permissions.scopesWith(rule.permission).map((scope) => ({ [SECURITY.apiKey]: [scope] }));
      operation.security = [{ [SECURITY.session]: [] }, ...byKey];
    }
  }
}
