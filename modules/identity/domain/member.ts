import type { DomainEvent } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { unreachable } from '#kernel/unreachable.js';
import type { MemberRole } from './member-roles.js';

export type { MemberRole } from './member-roles.js';

export type MemberEvent =
  | DomainEvent<
      'MemberAdded',
      { memberId: string; workspaceId: string; role: MemberRole; name?: string; email?: string }
    >
  | DomainEvent<'MemberRoleChanged', { memberId: string; role: MemberRole }>
  | DomainEvent<'MemberPasswordChanged', { memberId: string; how: 'by_member' | 'by_admin' }>
  | DomainEvent<'MemberRemoved', { memberId: string }>;

export interface KnownMember {
  readonly status: 'active' | 'removed';
  readonly workspaceId: string;
  readonly role: MemberRole;
  /** Absent once the person has been erased. */
  readonly name?: string;
  readonly email?: string;
}

export type MemberState = { readonly status: 'unknown' } | KnownMember;

export const member: StreamDefinition<MemberState, MemberEvent> = {
  category: 'member',
  initial: { status: 'unknown' },
  personal: { MemberAdded: ['name', 'email'] },
  evolve(state, event) {
    switch (event.type) {
      case 'MemberAdded': {
        const { memberId: _, ...added } = event.data;
        return { status: 'active', ...added };
      }
      case 'MemberRoleChanged':
        return state.status === 'unknown' ? state : { ...state, role: event.data.role };
      case 'MemberPasswordChanged':
        return state;
      case 'MemberRemoved':
        return state.status === 'unknown' ? state : { ...state, status: 'removed' };
      default:
        return unreachable(event);
    }
  },
};

/** A member of this workspace who has not been removed. Another workspace's is as unknown as none. @throws Refusal */
export function activeMember(state: MemberState, workspaceId: string): KnownMember {
  if (state.status !== 'active' || state.workspaceId !== workspaceId) {
    refuse('MEMBER_UNKNOWN', 'There is no such member in this workspace.', 'not_found');
  }
  return state;
}

export interface NewMember {
  readonly memberId: string;
  readonly workspaceId: string;
  readonly role: MemberRole;
  readonly name: string;
  readonly email: string;
}

/** Adding the same member again is a retry; the same id for somebody else is refused. */
export function addMember(state: MemberState, added: NewMember): MemberEvent[] {
  if (state.status === 'unknown') return [{ type: 'MemberAdded', data: { ...added } }];
  const same = state.status === 'active' && state.workspaceId === added.workspaceId && state.email === added.email;
  return same ? [] : refuse('MEMBER_EXISTS', 'There already is a member with this id or key.');
}

export function changeMemberRole(
  state: MemberState,
  { memberId, workspaceId, role }: { memberId: string; workspaceId: string; role: MemberRole },
): MemberEvent[] {
  const present = activeMember(state, workspaceId);
  return present.role === role ? [] : [{ type: 'MemberRoleChanged', data: { memberId, role } }];
}

export function changeMemberPassword(
  state: MemberState,
  { memberId, workspaceId, how }: { memberId: string; workspaceId: string; how: 'by_member' | 'by_admin' },
): MemberEvent[] {
  activeMember(state, workspaceId);
  return [{ type: 'MemberPasswordChanged', data: { memberId, how } }];
}

export function removeMember(
  state: MemberState,
  { memberId, workspaceId }: { memberId: string; workspaceId: string },
): MemberEvent[] {
  if (state.status === 'removed' && state.workspaceId === workspaceId) return [];
  activeMember(state, workspaceId);
  return [{ type: 'MemberRemoved', data: { memberId } }];
}
