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

  byEmail(emailIndex: Buffer): Promise<Account | null> {
    return this.find('email_index', emailIndex);
  }

  of(memberId: string): Promise<Account | null> {
    return this.find('member_id', memberId);
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

  private async find(column: 'email_index' | 'member_id', value: Buffer | string): Promise<Account | null> {
    const row = await this.db
      .selectFrom('identity.account as a')
      .leftJoin('identity.credential as c', 'c.member_id', 'a.member_id')
      .select(['a.member_id', 'c.password_hash'])
      .where(`a.${column}`, '=', value)
      .where('a.activated_at', 'is not', null)
      .executeTakeFirst();
    return row ? { memberId: row.member_id, passwordHash: row.password_hash } : null;
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}
