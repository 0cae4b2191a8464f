import { PERMISSIONS, SCOPES, type Permission } from '#modules/identity/domain/permissions.js';
import { MEMBER_ROLES } from '#modules/identity/domain/member-roles.js';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The part of docs/api.md that says who may do what, drawn from the declared table and the API's own description. */
export function permissionTables(document: Described): string {
  return [permissions(), routes(document)].join('\n\n');
}

function permissions(): string {
  const rows = Object.entries(PERMISSIONS).map(([name, { allows, roles, scopes }]) => [
    `\`${name}\``,
    allows,
    ...MEMBER_ROLES.map((role) => ((roles as readonly string[]).includes(role) ? 'yes' : '')),
    SCOPES.filter((scope) => (scopes as readonly string[]).includes(scope)).map((scope) => `\`${scope}\``),
  ]);
  return table(['Permission', 'Whoever holds it may', ...MEMBER_ROLES, 'Keys with the scope'], rows);
}

function routes({ paths }: Described): string {
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const { permission } = (operation as { 'x-access'?: { permission?: Permission } })['x-access'] ?? {};
      return permission ? [[`\`${method.toUpperCase()} ${path}\``, `\`${permission}\``]] : [];
    }),
  );
  return table(['Call', 'Permission'], rows.sort());
}

function table(head: readonly string[], rows: readonly unknown[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
