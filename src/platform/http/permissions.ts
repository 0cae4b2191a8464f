import type { Caller } from './caller.js';

/**
 * Who may do what: one declared table, which a context owns. The edge knows permissions as names, no roles and no
 * scopes, and asks. It is its own injection token; the composition gives it.
 */
export abstract class Permissions {
  /** @throws Refusal (forbidden) that says who may, when the caller does not hold the permission */
  abstract demand(caller: Caller, permission: string): void;
  /** The scopes of API keys that hold it, for the API's description. */
  abstract scopesWith(permission: string): readonly string[];
}
