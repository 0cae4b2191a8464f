import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import type { IdentityTables } from './identity-tables.js';

export interface Account {
  readonly memberId: string;
  /** Null for someone who signs in by other means. */
  readonly passwordHash: string | null;
}

/** Who may sign in, found by e-mail address or member. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** A keyed hash of an e-mail address, the same however it is written. */
  emailIndex(email: string): Promise<Buffer> {
    return this.keys.blindIndex('member-email', email.normalize('NFKC').trim().toLowerCase());
  }

  /** Those with an address, in every workspace or in the one of a slug; whoever was there first comes first. */
  async byEmail(emailIndex: Buffer, { slug, limit }: { slug?: string; limit: number }): Promise<Account[]> {
    let rows = this.active().where('a.email_index', '=', emailIndex);
    if (slug !== undefined)
      rows = rows.where('a.workspace_id', 'in', (known) =>
        known.selectFrom('identity.slug').select('workspace_id').where('slug', '=', slug),
      );
    const found = await rows.orderBy('a.reserved_at').orderBy('a.member_id').limit(limit).execute();
    return found.map(accountOf);
  }

  async of(memberId: string): Promise<Account | null> {
    const row = await this.active().where('a.member_id', '=', memberId).executeTakeFirst();
    return row ? accountOf(row) : null;
  }

  async setPassword(memberId: string, passwordHash: string): Promise<void> {
    await this.db
      .insertInto('identity.credential')
      .values({ member_id: memberId, password_hash: passwordHash })
      .onConflict((known) => known.column('member_id').doUpdateSet({ password_hash: passwordHash }))
      .execute();
  }

  /** Whether nobody can sign in yet. */
  async none(): Promise<boolean> {
    const active = this.db.selectFrom('identity.account').select('member_id').where('activated_at', 'is not', null);
    return (await active.limit(1).executeTakeFirst()) === undefined;
  }

  private active() {
    return this.db
      .selectFrom('identity.account as a')
      .leftJoin('identity.credential as c', 'c.member_id', 'a.member_id')
      .select(['a.member_id', 'c.password_hash'])
      .where('a.activated_at', 'is not', null);
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}

function accountOf(row: { member_id: string; password_hash: string | null }): Account {
  return { memberId: row.member_id, passwordHash: row.password_hash };
}
