import { Injectable } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { refuseWeakPassword } from './password-policy.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';

/** Gives members other passwords. */
@Injectable()
export class MemberPasswords {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  /** @throws Refusal `PASSWORD_TOO_WEAK` */
  async hashOf(wanted: string, about: readonly string[]): Promise<string> {
    refuseWeakPassword(wanted, about);
    return this.passwords.hash(wanted);
  }

  /** Whoever came in with the old password is out. */
  async replace(memberId: string, hash: string): Promise<void> {
    await this.accounts.setPassword(memberId, hash);
    await this.sessions.endAllOf(memberId);
  }
}
