import { Injectable } from '@nestjs/common';
import { Streams } from '#platform/streams/streams.js';
import { IdentityQueries } from '../contract.js';
import { activeMember, member, type MemberRole } from '../domain/member.js';

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
}

@Injectable()
export class SessionViews {
  constructor(
    private readonly streams: Streams,
    private readonly identity: IdentityQueries,
  ) {}

  async of(memberId: string): Promise<Session> {
    const { state } = await this.streams.load(member, memberId);
    const workspaceId = state.status === 'unknown' ? '' : state.workspaceId;
    const { role, name: personName = null, email = null } = activeMember(state, workspaceId);
    const { id, name, slug, accent } = await this.identity.workspace(workspaceId);
    return { member: { id: memberId, name: personName, email, role }, workspace: { id, name, slug, accent } };
  }
}
