import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { IdentityQueries } from '../contract.js';
import { Owners } from '../credentials/owners.js';
import { activeMember, member, type MemberRole } from '../domain/member.js';
import { type Permission, permissionsOf } from '../domain/permissions.js';

/** Who is signed in, and where. Read from the streams, so it is right at once. */
export interface Session {
  readonly member: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    readonly role: MemberRole;
  };
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly accent: string | null;
  };
  readonly permissions: readonly Permission[];
}

@Injectable()
export class SessionViews {
  constructor(
    private readonly streams: Streams,
    private readonly identity: IdentityQueries,
    private readonly owners: Owners,
  ) {}

  /** Of several who have just proven that they are it, each in a workspace. @throws Refusal `WORKSPACE_CHOICE` */
  async onlyOne(memberIds: readonly string[]): Promise<string> {
    if (memberIds.length === 1) return memberIds[0]!;
    const workspaces = await Promise.all(
      memberIds.map(async (memberId) => {
        const { slug, name } = (await this.of(memberId)).workspace;
        return { slug, name };
      }),
    );
    return refuse('WORKSPACE_CHOICE', 'Several workspaces know you. Choose which one to enter.', 'conflict', {
      workspaces,
    });
  }

  async of(memberId: string): Promise<Session> {
    const { state } = await this.streams.load(member, memberId);
    const workspaceId = state.status === 'unknown' ? '' : state.workspaceId;
    const known = activeMember(state, workspaceId);
    const role = (await this.owners.unnamed(workspaceId)) === memberId ? 'owner' : known.role;
    const person = { id: memberId, name: known.name ?? null, email: known.email ?? null, role };
    const { id, name, slug, accent } = await this.identity.workspace(workspaceId);
    return { member: person, workspace: { id, name, slug, accent }, permissions: permissionsOf(role) };
  }
}
