import type { MemberRole } from './member-roles.js';

/** What an API key may be allowed to do: each scope stands for the permissions that name it below. */
export const SCOPES = [
  'requests:read',
  'requests:write',
  'recordings:read',
  'recordings:write',
  'workspace:read',
  'members:read',
] as const;
export type Scope = (typeof SCOPES)[number];

interface Row {
  /** Continues the sentence "Whoever holds it may …". */
  readonly allows: string;
  readonly roles: readonly MemberRole[];
  readonly scopes: readonly Scope[];
}

function row(allows: string, roles: readonly MemberRole[], ...scopes: Scope[]): Row {
  return { allows, roles, scopes };
}

const EVERYBODY = ['owner', 'admin', 'auditor', 'agent', 'viewer'] as const;
const WHO_WATCHES = ['owner', 'admin', 'agent', 'viewer'] as const;
const WHO_ASKS = ['owner', 'admin', 'agent'] as const;
const WHO_OVERSEES = ['owner', 'admin', 'auditor'] as const;
const WHO_RUNS = ['owner', 'admin'] as const;

/** The one table of who may do what. Routes name a permission; `docs/api.md` shows this table. */
export const PERMISSIONS = {
  'account.own': row('see whose session it is and change their own password', EVERYBODY),
  'workspace.read': row('see the name and the rules of the workspace', EVERYBODY, 'workspace:read'),
  'workspace.manage': row('change the name and the rules of the workspace', WHO_RUNS),
  'members.read': row('see who belongs to the workspace', WHO_OVERSEES, 'members:read'),
  'members.manage': row('add and remove members, change roles, give new passwords', WHO_RUNS),
  'owners.manage': row('do that to owners too, and make somebody an owner', ['owner']),
  'api_keys.read': row('see which API keys there are', WHO_OVERSEES),
  'api_keys.manage': row('make and revoke API keys', WHO_RUNS),
  'requests.read': row('see what customers were asked for', WHO_WATCHES, 'requests:read'),
  'requests.write': row('ask customers for recordings, remind them, take requests back', WHO_ASKS, 'requests:write'),
  'recordings.read': row('find recordings and follow what changes', WHO_WATCHES, 'recordings:read'),
  'recordings.watch': row('watch recordings', WHO_WATCHES, 'recordings:read'),
  'recordings.download': row('take copies of recordings', WHO_ASKS, 'recordings:read'),
  'recordings.manage': row('delete recordings and have them prepared again', WHO_ASKS, 'recordings:write'),
} as const satisfies Readonly<Record<string, Row>>;

export type Permission = keyof typeof PERMISSIONS;

const names = Object.keys(PERMISSIONS) as Permission[];

const OF_ROLE = new Map(EVERYBODY.map((role) => [role, held(({ roles }) => roles.includes(role))]));
const OF_SCOPE = new Map(SCOPES.map((scope) => [scope as string, held(({ scopes }) => scopes.includes(scope))]));

function held(by: (row: Row) => boolean): ReadonlySet<string> {
  return new Set(names.filter((name) => by(PERMISSIONS[name])));
}

/** What a role allows, in the table's order. */
export function permissionsOf(role: MemberRole): Permission[] {
  return names.filter((name) => roleHolds(role, name));
}

export function roleHolds(role: MemberRole, permission: string): boolean {
  return OF_ROLE.get(role)?.has(permission) ?? false;
}

/** A scope that this version does not know allows nothing. */
export function scopeHolds(scope: string, permission: string): boolean {
  return OF_SCOPE.get(scope)?.has(permission) ?? false;
}

/** Who holds a permission; nobody holds one that is not in the table. */
export function holdersOf(permission: string): Pick<Row, 'roles' | 'scopes'> {
  return Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission as Permission] : { roles: [], scopes: [] };
}
