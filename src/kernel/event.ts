/** Who did it. `id` is a pseudonym: a member, an API key, a request's customer, or a named part of the system. */
export interface Actor {
  readonly kind: 'member' | 'api_key' | 'customer' | 'staff' | 'system';
  readonly id: string;
}

/** What every command carries besides its input: who acts, in which workspace, as part of which conversation. */
export interface By {
  readonly actor: Actor;
  readonly workspaceId: string;
  /** Joins everything that one request from outside set off. */
  readonly correlationId: string;
  /** The event or request that directly caused this command. */
  readonly causationId: string;
}

/** A fact as the domain speaks of it: a name in the past tense and what is needed to know it. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Stored beside every event. Never personal: it outlives erasure. */
export interface EventMetadata {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly causationId: string;
}
