/** Whose an event is: a workspace's, or the cell's own (of its staff and of the system). Each has a log of its own. */
export type LogScope = { readonly kind: 'workspace'; readonly id: string } | { readonly kind: 'cell' };

export const CELL: LogScope = { kind: 'cell' };

/** The scope of an event by its metadata as it was stored: events from before scopes name their workspace. */
export function scopeOf(meta: object): LogScope {
  const { scope, workspaceId } = meta as { scope?: { kind?: unknown; id?: unknown }; workspaceId?: unknown };
  const id = scope?.kind === 'workspace' ? scope.id : scope ? undefined : workspaceId;
  return typeof id === 'string' ? { kind: 'workspace', id } : CELL;
}

/** A scope as it is kept in a column. */
export function scopeKey(scope: LogScope): string {
  return scope.kind === 'cell' ? 'cell' : `workspace/${scope.id}`;
}
