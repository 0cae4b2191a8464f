import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Options } from '@node-rs/argon2';
import { Injectable, Optional } from '@nestjs/common';
import { Argon2Threads } from './argon2-threads.js';

/** What one proof costs: memory in KiB, and how often it is gone through. */
interface ProofCost {
  readonly memoryCost: number;
  readonly timeCost: number;
}

/** OWASP's for argon2id with one lane. */
const COST: ProofCost = { memoryCost: 19_456, timeCost: 2 };

/** Hashes and proves passwords, taking as long for nobody's password as for somebody's. */
@Injectable()
export class Passwords {
  private readonly parameters: Options;
  private readonly head: string;
  /** The hash of nothing anybody knows, proven against where there is no account. */
  private readonly decoy: string;

  constructor(
    private readonly threads: Argon2Threads,
    @Optional() cost: ProofCost = COST,
  ) {
    this.parameters = { ...cost, algorithm: 2, parallelism: 1 };
    this.head = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=1`;
    this.decoy = `${this.head}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(32))}`;
  }

  /**
   * @param emailIndex of whoever's password it is. All accounts of one address share a salt, made of it, so that one
   * computation proves a password on each of them; without it the salt is random
   */
  hash(password: string, emailIndex?: Buffer): Promise<string> {
    const options = { ...this.parameters, ...(emailIndex && { salt: saltOf(emailIndex) }) };
    return this.threads.run({ kind: 'hash', password: normalised(password), options }) as Promise<string>;
  }

  /** Whether the password is the one behind the hash. Without a hash the answer is no, at the same price. */
  async prove(hashed: string | null, password: string): Promise<boolean> {
    const right = await this.threads.run({
      kind: 'verify',
      password: normalised(password),
      hashed: hashed ?? this.decoy,
    });
    return right === true && hashed !== null;
  }

  /** Whether a hash was made with today's parameters and the salt of this address; if not, it should be made anew. */
  isCurrent(hashed: string, emailIndex: Buffer): boolean {
    return hashed.startsWith(`${this.head}$${unpadded(saltOf(emailIndex))}$`);
  }

  /** Whether two hashes with the same salt are of the same password. */
  isSame(hashed: string | null, other: string): boolean {
    return hashed?.length === other.length && timingSafeEqual(Buffer.from(hashed), Buffer.from(other));
  }
}

/** The same characters typed on another keyboard or system must give the same bytes. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

/** The index is a keyed hash, so it is as good as random, and another one for each address. */
function saltOf(emailIndex: Buffer): Uint8Array {
  return emailIndex.subarray(0, 16);
}

/** Base64 as argon2 writes it. */
function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
