import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { refuse } from '#kernel/refusal.js';
import { Database } from '#platform/database/database.js';
import type { Role } from '#platform/http/caller.js';
import type { Changed } from '#platform/streams/streams.js';
import type { IdentityTables } from './identity-tables.js';

/** What a member is now: a role, or no longer a member. */
export type Standing = Role | 'removed';

/** Keeps the rows that are asked on every request in step with the members' events. */
@Injectable()
export class AccountStanding {
  constructor(private readonly database: Database) {}

  /**
   * Runs a change that gives a member another standing, and lets it take effect at once. Of several such changes in a
   * workspace one happens at a time, so that two admins cannot demote each other and leave nobody in charge.
   * @throws Refusal `LAST_ADMIN`, or what the change throws
   */
  async change(
    { memberId, workspaceId }: { memberId: string; workspaceId: string },
    standing: Standing,
    change: () => Promise<Changed>,
  ): Promise<Changed> {
    return this.db.transaction().execute(async (rows) => {
      const admins = await lockAdmins(rows, workspaceId);
      if (standing !== 'admin' && admins.length === 1 && admins[0] === memberId) {
        refuse('LAST_ADMIN', 'A workspace needs an admin. Make somebody else one first.');
      }
      const changed = await change();
      await settle(rows, memberId, changed.version, standing);
      return changed;
    });
  }

  /** Brings the row to what the member's stream says at a version; older news change nothing newer. */
  async settle(memberId: string, version: number, standing: Standing): Promise<void> {
    await settle(this.db, memberId, version, standing);
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}

async function lockAdmins(rows: Kysely<IdentityTables>, workspaceId: string): Promise<string[]> {
  const admins = await rows
    .selectFrom('identity.account')
    .select('member_id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'admin')
    .where('activated_at', 'is not', null)
    .orderBy('member_id')
    .forUpdate()
    .execute();
  return admins.map(({ member_id }) => member_id);
}

/** Deleting the account ends its sessions with it. */
async function settle(rows: Kysely<IdentityTables>, memberId: string, version: number, standing: Standing) {
  if (standing === 'removed') {
    await rows.deleteFrom('identity.account').where('member_id', '=', memberId).execute();
    return;
  }
  await rows
    .updateTable('identity.account')
    .set({ role: standing, version })
    .where('member_id', '=', memberId)
    .where('version', '<', version)
    .execute();
}
