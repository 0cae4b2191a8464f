import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import { Refusal, refuse } from '#kernel/refusal.js';
import { type Counted, type RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { PROOFS_AT_ONCE } from './argon2-threads.js';
import { FairTurns } from './fair-turns.js';
import { KnownDevices } from './known-devices.js';

const QUARTER_HOUR = 900;
/**
 * Wrong guesses at one account from one place, from anywhere, and from one place at any account. Who mistypes, or sits
 * beside somebody who does, waits for a minute at the most; what a place may guess in all is bounded by the last.
 */
const AT_ACCOUNT_FROM_ADDRESS: RateLimit = { name: 'sign_in_account_address', points: 5, perSeconds: 60 };
const AT_ACCOUNT: RateLimit = { name: 'sign_in_account', points: 50, perSeconds: QUARTER_HOUR };
const FROM_ADDRESS: RateLimit = { name: 'sign_in_address', points: 50, perSeconds: QUARTER_HOUR };
/** Wrong guesses at their own password of somebody who is signed in, or has somebody else's session. */
const AT_OWN: RateLimit = { name: 'own_password', points: 5, perSeconds: QUARTER_HOUR };
/** Wrong guesses of somebody at a device where they have signed in before. */
const AT_DEVICE: RateLimit = { name: 'sign_in_device', points: 10, perSeconds: QUARTER_HOUR };
/** At an account that many guess at, attempts of strangers are made one by one, so many seconds apart. */
const SLOWLY_EVERY_SECONDS = 2;
const PATIENCE_MS = 10_000;

/** A sign-in takes two proofs of some 30 ms each: who comes last waits for some ten seconds on two quiet processors. */
const STRANGERS = { atOnce: PROOFS_AT_ONCE, perPlace: 50, inAll: 200 };
const KNOWN = { atOnce: PROOFS_AT_ONCE, perPlace: 5, inAll: 200 };

/** Whose password is being guessed, or proven, and from where. */
export interface Guess {
  readonly account: Buffer;
  /** See `clientAddress`. */
  readonly address: string;
  /** The cookie that says where somebody has signed in before. */
  readonly deviceCookie: string | null;
  /** Whether nobody waits for the answer any more: then nothing is computed. */
  readonly isGone: () => boolean;
}

/**
 * Makes guessing passwords slow, and keeps its cost from everybody else. What was right is held against nobody. Guesses
 * from many places make strangers at that account wait, but lock nobody out, and cost nothing at a known device.
 */
@Injectable()
export class GuessLimits {
  private readonly strangers = new FairTurns(STRANGERS);
  private readonly known = new FairTurns(KNOWN);
  private readonly guessedAt: RateLimit;

  constructor(
    private readonly limits: RateLimits,
    private readonly devices: KnownDevices,
    @Optional() slowlyEverySeconds = SLOWLY_EVERY_SECONDS,
  ) {
    this.guessedAt = { name: 'sign_in_slowly', points: 1, perSeconds: slowlyEverySeconds };
  }

  /**
   * @param attempt throws a Refusal when the guess was wrong
   * @returns what it returned, and the cookie by which the device is known from now on
   * @throws Refusal `RATE_LIMITED`, `SIGN_IN_BUSY`, and what the attempt throws
   */
  async judge<T>(guess: Guess, attempt: () => Promise<T>): Promise<{ proven: T; deviceCookie: string }> {
    const { account, deviceCookie } = guess;
    const device = await this.devices.find(deviceCookie, account);
    const proven = device ? await this.atDevice(device.id, guess, attempt) : await this.elsewhere(guess, attempt);
    return { proven, deviceCookie: await this.devices.remember(deviceCookie, account) };
  }

  /** Guesses of somebody who is signed in, at their own password. @throws Refusal as above */
  async judgeAgain(memberId: string, attempt: () => Promise<void>): Promise<void> {
    const counted: Counted = [AT_OWN, memberId];
    await this.limits.counting([counted], () => this.known.turn(memberId, attempt, busy));
    await this.limits.forget(...counted);
  }

  /** A device that has used up its guesses is one like any other. */
  private async atDevice<T>(id: string, guess: Guess, attempt: () => Promise<T>): Promise<T> {
    const counted: Counted = [AT_DEVICE, id];
    const begun = new Begun(() => this.known.turn(id, attempt, busy));
    try {
      const proven = await this.limits.counting([counted], begun.attempt);
      await this.limits.forget(...counted);
      return proven;
    } catch (error) {
      if (begun.isSo || !isLimited(error)) throw error;
      return this.elsewhere(guess, attempt);
    }
  }

  private async elsewhere<T>({ account, address, isGone }: Guess, attempt: () => Promise<T>): Promise<T> {
    const of = account.toString('hex');
    const here: Counted = [AT_ACCOUNT_FROM_ADDRESS, `${of} ${address}`];
    const wanted = async () => (isGone() ? busy() : attempt());
    const inTurn = () => this.strangers.turn(address, wanted, busy);
    const proven = await this.limits.counting([here, [FROM_ADDRESS, address]], () => this.slowly(of, inTurn));
    await this.limits.forget(...here);
    return proven;
  }

  private async slowly<T>(account: string, attempt: () => Promise<T>): Promise<T> {
    const begun = new Begun(attempt);
    try {
      return await this.limits.counting([[AT_ACCOUNT, account]], begun.attempt);
    } catch (error) {
      if (begun.isSo || !isLimited(error)) throw error;
      await this.ownTime(account);
      return attempt();
    }
  }

  private async ownTime(account: string): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; ;) {
      try {
        return await this.limits.take(this.guessedAt, account);
      } catch (error) {
        if (!isLimited(error) || performance.now() > end) throw error;
        // Not all at the same moment: who comes first is to be chance.
        await wait(200 + Math.random() * 300);
      }
    }
  }
}

/** An attempt that says whether it was made. */
class Begun<T> {
  isSo = false;

  constructor(private readonly work: () => Promise<T>) {}

  readonly attempt = (): Promise<T> => {
    this.isSo = true;
    return this.work();
  };
}

function isLimited(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'RATE_LIMITED';
}

function busy(): never {
  refuse('SIGN_IN_BUSY', 'Very many people are signing in just now. Try again in a few seconds.', 'unavailable');
}
