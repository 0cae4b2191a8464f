import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { type Counted, type RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { type Account, Accounts } from './accounts.js';
import { Passwords } from './passwords.js';

const QUARTER_HOUR = 900;
/** Wrong guesses at one account from one place, from anywhere, and from one place at any account. */
const AT_ACCOUNT_FROM_ADDRESS: RateLimit = { name: 'sign_in_account_address', points: 5, perSeconds: QUARTER_HOUR };
const AT_ACCOUNT: RateLimit = { name: 'sign_in_account', points: 50, perSeconds: QUARTER_HOUR };
const FROM_ADDRESS: RateLimit = { name: 'sign_in_address', points: 50, perSeconds: QUARTER_HOUR };

/** How many accounts of one address are looked at. */
const MOST_KNOWN = 100;
/** And how many of those whose password was set before one salt served them all: each costs a proof of its own. */
const MOST_PROVEN_APART = 4;

export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  /** The slug of the workspace to enter, for those whose address several know. */
  readonly workspace?: string;
  /** Where from, for counting; see `clientAddress`. */
  readonly address: string;
}

/**
 * Proves an e-mail address and password, which may fit accounts of several workspaces. Unknown addresses take the same
 * steps, the same time and the same limits as known ones, so an answer never says whether somebody has an account, or
 * in how many workspaces. The limit on one account from one place is the tight one: a stranger elsewhere can hardly
 * lock its owner out.
 */
@Injectable()
export class SignIn {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly limits: RateLimits,
  ) {}

  /** The ids of the members whose password it is: at least one. @throws Refusal `SIGN_IN_FAILED`, `RATE_LIMITED` */
  async prove({ email, password, workspace, address }: SignInAttempt): Promise<string[]> {
    const index = await this.accounts.emailIndex(email);
    const counted = countedKeys(index, address);
    const right = await this.limits.counting(counted, () => this.fittingSome(index, password, workspace));
    await this.limits.forget(AT_ACCOUNT_FROM_ADDRESS, counted[0][1]);
    for (const account of right) await this.renewHash(account, password, index);
    if (right.length === 1) this.logger.log({ msg: 'Signed in', id: right[0]!.memberId });
    return right.map(({ memberId }) => memberId);
  }

  private async fittingSome(...asked: Parameters<SignIn['fitting']>): Promise<Account[]> {
    const right = await this.fitting(...asked);
    if (right.length > 0) return right;
    this.logger.warn('Sign-in refused');
    refuse('SIGN_IN_FAILED', 'This e-mail address and password do not match.', 'unauthenticated');
  }

  /**
   * Two proofs, whether nobody, somebody or somebody in many workspaces is asked about, so that time does not tell: one
   * serves all accounts of the address, one those from before (or nobody's).
   */
  private async fitting(index: Buffer, password: string, slug?: string): Promise<Account[]> {
    const accounts = await this.accounts.byEmail(index, { slug, limit: MOST_KNOWN });
    const older = accounts
      .filter(({ passwordHash }) => passwordHash !== null && !this.passwords.isCurrent(passwordHash, index))
      .slice(0, MOST_PROVEN_APART);
    const proofs = (older.length ? older : [null]).map((account) =>
      this.passwords.prove(account?.passwordHash ?? null, password),
    );
    const [hash, ...right] = await Promise.all([this.passwords.hash(password, index), ...proofs]);
    return accounts.filter(
      (account) => this.passwords.isSame(account.passwordHash, hash) || right[older.indexOf(account)],
    );
  }

  /** Proves the password of somebody who is signed in, before something that matters. @throws Refusal as {@link prove} */
  async proveAgain(memberId: string, password: string): Promise<void> {
    await this.limits.counting([[AT_ACCOUNT_FROM_ADDRESS, memberId]], async () => {
      const account = await this.accounts.of(memberId);
      const right = await this.passwords.prove(account?.passwordHash ?? null, password);
      if (!right) refuse('PASSWORD_WRONG', 'This is not your present password.', 'forbidden');
    });
    await this.limits.forget(AT_ACCOUNT_FROM_ADDRESS, memberId);
  }

  private async renewHash({ memberId, passwordHash }: Account, password: string, index: Buffer): Promise<void> {
    if (passwordHash === null || this.passwords.isCurrent(passwordHash, index)) return;
    await this.accounts.setPassword(memberId, await this.passwords.hash(password, index));
  }
}

function countedKeys(index: Buffer, address: string): [Counted, Counted, Counted] {
  const account = index.toString('hex');
  return [
    [AT_ACCOUNT_FROM_ADDRESS, `${account} ${address}`],
    [AT_ACCOUNT, account],
    [FROM_ADDRESS, address],
  ];
}
