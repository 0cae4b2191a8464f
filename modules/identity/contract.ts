import type { DomainEvent } from '#kernel/event.js';
import type { PublishedEvents } from '#kernel/published.js';

/** What identity tells the other contexts: who has lost their access. */
export type IdentityPublished =
  | DomainEvent<'identity.member_removed.v1', { readonly memberId: string }>
  | DomainEvent<'identity.api_key_revoked.v1', { readonly keyId: string }>;

export const identityPublished: PublishedEvents<IdentityPublished> = { context: 'identity' };

/** What to do with a recording whose customer went away before Send. */
export type AbandonedPolicy = 'finalise' | 'discard';

/** A workspace as other contexts need it. */
export interface Workspace {
  readonly id: string;
  readonly slug: string;
  readonly region: string;
  readonly name: string;
  /** A CSS colour `#rrggbb`, or null for the product's own. */
  readonly accent: string | null;
  readonly abandonedPolicy: AbandonedPolicy;
  /** How long a recording is kept after it was received. */
  readonly retentionDays: number;
}

/** What other contexts may ask of identity. */
export abstract class IdentityQueries {
  /** Always up to date. @throws Refusal `WORKSPACE_UNKNOWN` (not_found) */
  abstract workspace(workspaceId: string): Promise<Workspace>;
  /** Names by member id. Unknown and erased members are absent; removed ones keep their name until erased. */
  abstract memberNames(memberIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface NewWorkspace {
  /** Both ids are the caller's choice: founding the same workspace again is a retry and succeeds. */
  readonly workspaceId: string;
  /** Lower-case letters, digits and hyphens, 2 to 40; unique in the region. */
  readonly slug: string;
  readonly region: string;
  readonly name: string;
  readonly owner: FirstMember;
  /** A first colleague, as the demo has one. */
  readonly agent?: FirstMember;
}

export interface FirstMember {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Founds workspaces: the only way in for the first of its members. */
export abstract class WorkspaceFounding {
  /** Whether nobody can sign in yet, as on the first start. */
  abstract isFirst(): Promise<boolean>;
  /** Whether somebody with these credentials is at home here. */
  abstract knows(owner: Pick<NewWorkspace['owner'], 'email' | 'password'>): Promise<boolean>;
  /** @throws Refusal `SLUG_TAKEN`, `EMAIL_TAKEN`, `PASSWORD_TOO_WEAK` */
  abstract found(workspace: NewWorkspace): Promise<void>;
}
