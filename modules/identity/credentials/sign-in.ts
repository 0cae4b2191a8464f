import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { type Account, Accounts } from './accounts.js';
import { type Guess, GuessLimits } from './guess-limits.js';
import { Passwords } from './passwords.js';

/** How many accounts of one address are looked at. */
const MOST_KNOWN = 100;
/** And how many of those whose password was set before one salt served them all: each costs a proof of its own. */
const MOST_PROVEN_APART = 4;

export interface SignInAttempt extends Omit<Guess, 'account'> {
  readonly email: string;
  readonly password: string;
  /** The slug of the workspace to enter, for those whose address several know. */
  readonly workspace?: string;
}

/** Who it is, and by what their browser is known from now on. */
export interface SignedIn {
  /** At least one: the same password may fit accounts of several workspaces. */
  readonly memberIds: readonly string[];
  readonly deviceCookie: string;
}

/**
 * Proves an e-mail address and password, which may fit accounts of several workspaces. Unknown addresses take the same
 * steps, the same time and the same limits as known ones, so an answer never says whether somebody has an account, or
 * in how many workspaces.
 */
@Injectable()
export class SignIn {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly guesses: GuessLimits,
  ) {}

  /** @throws Refusal `SIGN_IN_FAILED`, `RATE_LIMITED`, `SIGN_IN_BUSY` */
  async prove({ email, password, workspace, ...from }: SignInAttempt): Promise<SignedIn> {
    const account = await this.accounts.emailIndex(email);
    const attempt = () => this.fittingSome(account, password, workspace);
    const { proven, ...known } = await this.guesses.judge({ account, ...from }, attempt);
    for (const each of proven) await this.renewHash(each, password, account);
    if (proven.length === 1) this.logger.log({ msg: 'Signed in', id: proven[0]!.memberId });
    return { memberIds: proven.map(({ memberId }) => memberId), ...known };
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
    await this.guesses.judgeAgain(memberId, async () => {
      const account = await this.accounts.of(memberId);
      const right = await this.passwords.prove(account?.passwordHash ?? null, password);
      if (!right) refuse('PASSWORD_WRONG', 'This is not your present password.', 'forbidden');
    });
  }

  private async renewHash({ memberId, passwordHash }: Account, password: string, index: Buffer): Promise<void> {
    if (passwordHash === null || this.passwords.isCurrent(passwordHash, index)) return;
    await this.accounts.setPassword(memberId, await this.passwords.hash(password, index));
  }
}
