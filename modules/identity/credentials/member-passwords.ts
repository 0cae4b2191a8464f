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
  async hashOf(wanted: string, { name, email }: { name?: string; email?: string }): Promise<string> {
    refuseWeakPassword(wanted, wordsAbout({ name, email }));
    return this.passwords.hash(wanted, email === undefined ? undefined : await this.accounts.emailIndex(email));
  }

  /** Whoever came in with the old password is out. */
  async replace(memberId: string, hash: string): Promise<void> {
    await this.accounts.setPassword(memberId, hash);
    await this.sessions.endAllOf(memberId);
  }
}

/** What a password should not be made of. */
function wordsAbout({ name = '', email = '' }: { name?: string; email?: string }): string[] {
  return [...name.split(/\s+/), ...email.split(/[@.+_-]/)];
}
