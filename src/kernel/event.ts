/** Who did it. `id` is a pseudonym: a member, an API key, a request's customer, or a named part of the system. */
export interface Actor {
  readonly kind: 'member' | 'api_key' | 'customer' | 'staff' | 'system';
  readonly id: string;
}

/** What they came by. `id` is a pseudonym too: a session's or a key's own id, which link of a request, a part of the system. */
export interface Via {
  readonly kind: 'session' | 'api_key' | 'link' | 'job';
  readonly id: string;
}

/** How strongly it was proven who they are. */
export interface Proof {
  /** `unrecorded`: the event is older than this was noted. */
  readonly by: 'password' | 'passkey' | 'totp' | 'sso' | 'api_key' | 'link' | 'none' | 'unrecorded';
  /** What an identity provider says of it (RFC 8176). */
  readonly amr?: readonly string[];
}

/** Whose an event is, and who may see it: a workspace's; or the cell's own, of its staff or of the system. */
export type Scope =
  { readonly kind: 'workspace'; readonly id: string } | { readonly kind: 'staff' } | { readonly kind: 'system' };

/** Who acts, as part of which conversation. */
interface Acts {
  readonly actor: Actor;
  /** Absent where nothing is known of it. */
  readonly via?: Via;
  readonly proof?: Proof;
  /** For whom, where that is not the actor. */
  readonly onBehalfOf?: Actor;
  /** Joins everything that one request from outside set off. */
  readonly correlationId: string;
  /** The event or request that directly caused this command. */
  readonly causationId: string;
}

/** What every command in a workspace carries besides its input. */
export interface By extends Acts {
  readonly workspaceId: string;
}

/** What a command outside all workspaces carries: of staff, or of the system. */
export interface CellBy extends Acts {
  readonly scope: Exclude<Scope, { kind: 'workspace' }>;
}

/** A fact as the domain speaks of it: a name in the past tense and what is needed to know it. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Stored beside every event. Never personal: it outlives erasure; and nothing but what whose scope it is may see. */
export interface EventMetadata {
  readonly actor: Actor;
  readonly via: Via | null;
  readonly proof: Proof;
  readonly onBehalfOf?: Actor;
  readonly scope: Scope;
  readonly correlationId: string;
  readonly causationId: string;
}

/**
 * As it is written: the workspace of a workspace's event once more, where programs from before there were scopes look for
 * it. They run beside this one while it is deployed, and again if it is taken back. No reader of ours does.
 */
interface WrittenMetadata extends EventMetadata {
  readonly workspaceId?: string;
}

/** As it was written before there was more than workspaces, and before it was noted how somebody came. */
interface MetadataOfWorkspace {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly causationId: string;
}

/** Metadata as a log may hold it; {@link lifted} makes it today's. */
export type StoredMetadata = WrittenMetadata | MetadataOfWorkspace;

export function metadataOf(by: By | CellBy): WrittenMetadata {
  const { actor, via = null, proof = { by: 'none' }, onBehalfOf, correlationId, causationId } = by;
  const workspaceId = workspaceOf(by);
  const whose = { scope: scopeOf(by), ...(workspaceId !== null && { workspaceId }) };
  return { actor, via, proof, ...(onBehalfOf && { onBehalfOf }), ...whose, correlationId, causationId };
}

export function lifted(meta: StoredMetadata): EventMetadata {
  if ('scope' in meta) {
    const { workspaceId: _, ...known } = meta as WrittenMetadata;
    return known;
  }
  const { actor, correlationId, causationId } = meta;
  return { actor, via: null, proof: { by: 'unrecorded' }, scope: scopeOf(meta), correlationId, causationId };
}

/** The workspace whose an event or a command is; null when it is the cell's own. */
export function workspaceOf(of: StoredMetadata | By | CellBy): string | null {
  const scope = scopeOf(of);
  return scope.kind === 'workspace' ? scope.id : null;
}

export function scopeOf(of: StoredMetadata | By | CellBy): Scope {
  return 'scope' in of ? of.scope : { kind: 'workspace', id: of.workspaceId };
}

export function isSameScope(one: Scope, other: Scope): boolean {
  if (one.kind === 'workspace' && other.kind === 'workspace') return one.id === other.id;
  return one.kind === other.kind;
}
