import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Database } from '#platform/database/database.js';
import type { MemberRole } from '../domain/member.js';
import { roleHolds } from '../domain/permissions.js';
import { Clock } from './clock.js';
import type { IdentityTables } from './identity-tables.js';

/** How long an unfinished departure counts: far longer than one takes. After that its owner stays after all. */
const LEAVING_MS = 120_000;

export interface MemberOf {
  readonly memberId: string;
  readonly workspaceId: string;
}

/**
 * Who owns a workspace. Where none was ever named an owner, the admin who has been a member longest counts as one
 * (`identity.owner`), so that there always is one.
 */
@Injectable()
export class Owners {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets only those who may act on owners do so: on this member, if they own the workspace, or whatever the member is
   * when the act makes them an owner.
   * @throws Refusal `OWNERS_ONLY`
   */
  async demandFor({ actor, workspaceId }: By, memberId: string, makes?: MemberRole | 'removed'): Promise<void> {
    const owners = (await this.of(workspaceId)).map(({ member_id }) => member_id);
    if (actor.kind === 'system' || (makes !== 'owner' && !owners.includes(memberId))) return;
    const role = owners.includes(actor.id) ? 'owner' : 'admin';
    if (actor.kind === 'member' && roleHolds(role, 'owners.manage')) return;
    refuse('OWNERS_ONLY', 'Only an owner of the workspace can do this to an owner, or make one.', 'forbidden');
  }

  /** The member who counts as the owner without having been named; null where one was. */
  async unnamed(workspaceId: string): Promise<string | null> {
    return (await this.of(workspaceId)).find(({ is_named }) => !is_named)?.member_id ?? null;
  }

  /**
   * Notes, before the event, that a member is about to lose what they are. In a workspace this happens one at a time,
   * so that two owners cannot demote each other and leave nobody. Nothing else waits meanwhile.
   * @throws Refusal `LAST_OWNER` when no other owner stays
   */
  async beginLeaving({ memberId, workspaceId }: MemberOf): Promise<void> {
    await this.database.transaction<IdentityTables, void>(async (rows) => {
      await lockCandidates(rows, workspaceId);
      const [now, owners] = [this.clock.now(), await ownersIn(rows, workspaceId)];
      if (!owners.some((owner) => owner.member_id === memberId)) return;
      const stays = ({ leaving_at }: { leaving_at: Date | null }) =>
        leaving_at === null || now.getTime() - leaving_at.getTime() > LEAVING_MS;
      if (!owners.some((owner) => owner.member_id !== memberId && stays(owner)))
        refuse('LAST_OWNER', 'A workspace needs an owner. Make somebody else one first.');
      const leaving = rows.updateTable('identity.account').set({ leaving_at: now });
      await leaving.where('member_id', '=', memberId).execute();
    });
  }

  /** The change did not happen. */
  async stay(memberId: string): Promise<void> {
    const staying = this.db.updateTable('identity.account').set({ leaving_at: null });
    await staying.where('member_id', '=', memberId).execute();
  }

  private of(workspaceId: string) {
    return ownersIn(this.db, workspaceId);
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}

async function ownersIn(rows: Kysely<IdentityTables>, workspaceId: string) {
  return rows.selectFrom('identity.owner').selectAll().where('workspace_id', '=', workspaceId).execute();
}

async function lockCandidates(rows: Kysely<IdentityTables>, workspaceId: string): Promise<void> {
  await rows
    .selectFrom('identity.account')
    .select('member_id')
    .where('workspace_id', '=', workspaceId)
    .where('role', 'in', ['owner', 'admin'])
    .orderBy('member_id')
    .forUpdate()
    .execute();
}
