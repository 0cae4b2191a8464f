import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { Database } from '#platform/database/database.js';
import type { Changed } from '#platform/streams/streams.js';
import type { MemberRole } from '../domain/member.js';
import type { IdentityTables } from './identity-tables.js';
import { type MemberOf, Owners } from './owners.js';

/** What a member is now: a role, or no longer a member. */
export type Standing = MemberRole | 'removed';

/** Keeps the rows that are asked on every request in step with the members' events. */
@Injectable()
export class AccountStanding {
  constructor(
    private readonly database: Database,
    private readonly owners: Owners,
  ) {}

  /**
   * Runs a change that gives a member another standing, and lets it take effect at once.
   * @throws Refusal `OWNERS_ONLY`, `LAST_OWNER`, or what the change throws
   */
  async change(who: MemberOf, standing: Standing, by: By, change: () => Promise<Changed>): Promise<Changed> {
    await this.owners.demandFor(by, who.memberId, standing);
    if (standing !== 'owner') await this.owners.beginLeaving(who);
    const changed = await change().catch(async (error: unknown) => {
      await this.owners.stay(who.memberId);
      throw error;
    });
    await this.settle(who.memberId, changed.version, standing);
    return changed;
  }

  /**
   * Brings the row to what the member's stream says at a version; older news change nothing newer. Deleting the
   * account ends its sessions with it.
   */
  async settle(memberId: string, version: number, standing: Standing): Promise<void> {
    if (standing === 'removed') {
      await this.db.deleteFrom('identity.account').where('member_id', '=', memberId).execute();
      return;
    }
    await this.db
      .updateTable('identity.account')
      .set({ role: standing, version, leaving_at: null })
      .where('member_id', '=', memberId)
      .where('version', '<=', version)
      .execute();
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}
