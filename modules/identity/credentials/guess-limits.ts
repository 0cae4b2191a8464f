import { Injectable, Optional } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { inWords } from '#platform/http/in-words.js';
import { type Counted, type RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { PROOFS_AT_ONCE } from './argon2-threads.js';
import { FairTurns } from './fair-turns.js';
import { GuessGates, orElse } from './guess-gates.js';
import { KnownDevices } from './known-devices.js';

const QUARTER_HOUR = 900;
/**
 * Wrong guesses at one account from one place. The pause is as long as the longest of the gates behind it, so that those
 * who wait do so here, where each has a turn of their own.
 */
const AT_ACCOUNT_FROM_ADDRESS = {
  free: { name: 'sign_in_account_address', points: 5, perSeconds: QUARTER_HOUR },
  pause: { name: 'sign_in_account_address_slowly', points: 1, perSeconds: 8 },
  manyPlaces: true,
};
/** Wrong guesses at their own password of somebody who is signed in, or has somebody else's session. */
const AT_OWN: RateLimit = { name: 'own_password', points: 5, perSeconds: 60 };
/** Wrong guesses of somebody at a device where they have signed in before. */
const AT_DEVICE: RateLimit = { name: 'sign_in_device', points: 10, perSeconds: QUARTER_HOUR };
/** Wrong guesses at one account from anywhere. */
const AT_ACCOUNT = {
  free: { name: 'sign_in_account', points: 50, perSeconds: QUARTER_HOUR },
  pause: { name: 'sign_in_slowly', points: 1, perSeconds: 2 },
};
/** Wrong guesses from one place at any account. */
const FROM_ADDRESS = {
  free: { name: 'sign_in_address', points: 50, perSeconds: QUARTER_HOUR },
  pause: { name: 'sign_in_address_slowly', points: 1, perSeconds: 2 },
  slower: {
    free: { name: 'sign_in_address_still', points: 100, perSeconds: QUARTER_HOUR },
    pause: { name: 'sign_in_address_slower', points: 1, perSeconds: 8 },
  },
};

/** A sign-in takes two proofs of some 30 ms each: who comes last waits for some ten seconds on two quiet processors. */
const STRANGERS = { atOnce: PROOFS_AT_ONCE, perPlace: 50, inAll: 200, patienceMs: 20_000, usuallyMs: 60 };
const KNOWN = { ...STRANGERS, perPlace: 5 };

/** Whose password is being guessed, or proven, and from where. */
export interface Guess {
  readonly account: Buffer;
  /** See `clientAddress`. */
  readonly address: string;
  /** The cookie that says where somebody has signed in before. */
  readonly deviceCookie: string | null;
  /** By what those at one address are told apart while they wait: each their own, and the same when they come back. */
  readonly turn: string;
  /** Whether nobody waits for the answer any more: then nothing is computed. */
  readonly isGone: () => boolean;
}

/**
 * Makes guessing passwords slow, and keeps its cost from everybody else. What was right is held against nobody. Too many
 * wrong guesses, at an account or from an address, or both, make strangers wait for their turn there, but lock nobody out,
 * and cost nothing at a known device.
 */
@Injectable()
export class GuessLimits {
  private readonly strangers = new FairTurns(STRANGERS);
  private readonly known = new FairTurns(KNOWN);
  private readonly gates: GuessGates;

  constructor(
    private readonly limits: RateLimits,
    private readonly devices: KnownDevices,
    @Optional() pauseTimes: number = 1,
  ) {
    this.gates = new GuessGates(limits, busy, pauseTimes);
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
    const inTurn = () => this.known.turn(id, attempt, busy);
    const proven = await orElse([counted], inTurn, this.limits, () => this.elsewhere(guess, attempt));
    await this.limits.forget(...counted);
    return proven;
  }

  private async elsewhere<T>({ account, address, turn, isGone }: Guess, attempt: () => Promise<T>): Promise<T> {
    const of = account.toString('hex');
    const here = `${of} ${address}`;
    const wanted = () => (isGone() ? Promise.reject(busy(1)) : attempt());
    const inTurn = () => this.strangers.turn(address, wanted, busy);
    const atAccount = () => this.gates.slowed(AT_ACCOUNT, { key: of, place: address, isGone }, inTurn);
    const fromAddress = () => this.gates.slowed(FROM_ADDRESS, { key: address, place: of, isGone }, atAccount);
    const proven = await this.gates.slowed(AT_ACCOUNT_FROM_ADDRESS, { key: here, place: turn, isGone }, fromAddress);
    await this.limits.forget(AT_ACCOUNT_FROM_ADDRESS.free, here);
    return proven;
  }
}

/** That a turn is kept goes unsaid: another web server may be the one who hears of it next. */
function busy(retryAfterSeconds: number): Refusal {
  return new Refusal(
    'SIGN_IN_BUSY',
    `Others are signing in before you. Try again in about ${inWords(retryAfterSeconds)}.`,
    'unavailable',
    { retryAfterSeconds },
  );
}
