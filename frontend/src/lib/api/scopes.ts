import type { Scope } from './types.js';

/** What an API key may be allowed to do, in the order people are asked. */
export const scopes = [
  'requests:read',
  'requests:write',
  'recordings:read',
  'recordings:write',
  'workspace:read',
  'members:read',
] as const satisfies readonly Scope[];
