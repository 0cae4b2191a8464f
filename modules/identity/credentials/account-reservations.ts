import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.js';
import { Database } from '#platform/database/database.js';
import type { MemberRole } from '../domain/member.js';
import { Accounts } from './accounts.js';
import { Clock } from './clock.js';
import type { IdentityTables } from './identity-tables.js';

export interface Reservation {
  readonly memberId: string;
  readonly workspaceId: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly passwordHash: string;
}

/** How long an unfinished reservation keeps an e-mail address from others: far longer than adding a member takes. */
const RESERVED_MS = 120_000;

/** Keeps e-mail addresses unique in their workspace: reserved before the event is appended, put in force after. */
@Injectable()
export class AccountReservations {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /**
   * One that was never put in force gives way: to its own retry at once, to others after two minutes. An account in
   * force keeps the password it has.
   * @throws Refusal `EMAIL_TAKEN`
   */
  async reserve(wanted: Reservation): Promise<void> {
    const [index, now] = [await this.accounts.emailIndex(wanted.email), this.clock.now()];
    await this.dropUnfinished(wanted, index, new Date(now.getTime() - RESERVED_MS));
    if (await this.insert(wanted, index, now)) return;
    const holder = await this.db
      .selectFrom('identity.account')
      .select('member_id')
      .where('workspace_id', '=', wanted.workspaceId)
      .where('email_index', '=', index)
      .executeTakeFirst();
    if (holder && holder.member_id !== wanted.memberId) {
      refuse('EMAIL_TAKEN', 'Somebody in this workspace already signs in with this e-mail address.');
    }
  }

  /** Puts the account in force. Idempotent. */
  async activate(memberId: string): Promise<void> {
    await this.db
      .updateTable('identity.account')
      .set({ activated_at: this.clock.now() })
      .where('member_id', '=', memberId)
      .where('activated_at', 'is', null)
      .execute();
  }

  private async dropUnfinished({ memberId, workspaceId }: Reservation, index: Buffer, before: Date): Promise<void> {
    await this.db
      .deleteFrom('identity.account')
      .where('activated_at', 'is', null)
      .where((is) =>
        is.or([
          is('member_id', '=', memberId),
          is.and([is('workspace_id', '=', workspaceId), is('email_index', '=', index), is('reserved_at', '<', before)]),
        ]),
      )
      .execute();
  }

  /** Account and password in one statement, so that a crash leaves both or neither. */
  private async insert(wanted: Reservation, index: Buffer, now: Date): Promise<boolean> {
    const { rows } = await sql`
      WITH reserved AS (
        INSERT INTO identity.account (member_id, workspace_id, email_index, role, reserved_at)
        VALUES (${wanted.memberId}, ${wanted.workspaceId}, ${index}, ${wanted.role}, ${now})
        ON CONFLICT DO NOTHING RETURNING member_id)
      INSERT INTO identity.credential (member_id, password_hash)
      SELECT member_id, ${wanted.passwordHash} FROM reserved RETURNING member_id`.execute(this.db);
    return rows.length > 0;
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}
