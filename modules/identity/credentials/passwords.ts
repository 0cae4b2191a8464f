import { timingSafeEqual } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Hashes and proves passwords, taking as long for nobody's password as for somebody's. */
@Injectable()
export class Passwords {
  /** A hash of nothing anybody knows, proven against where there is no account. */
  private readonly decoy = hash(crypto.getRandomValues(new Uint8Array(32)), PARAMETERS);

  /**
   * @param emailIndex of whoever's password it is. All accounts of one address share a salt, made of it, so that one
   * computation proves a password on each of them; without it the salt is random
   */
  hash(password: string, emailIndex?: Buffer): Promise<string> {
    return hash(normalised(password), { ...PARAMETERS, ...(emailIndex && { salt: saltOf(emailIndex) }) });
  }

  /** Whether the password is the one behind the hash. Without a hash the answer is no, at the same price. */
  async prove(hashed: string | null, password: string): Promise<boolean> {
    const right = await verify(hashed ?? (await this.decoy), normalised(password));
    return right && hashed !== null;
  }

  /** Whether a hash was made with today's parameters and the salt of this address; if not, it should be made anew. */
  isCurrent(hashed: string, emailIndex: Buffer): boolean {
    const { memoryCost, timeCost, parallelism } = PARAMETERS;
    const salt = Buffer.from(saltOf(emailIndex)).toString('base64').replace(/=+$/, '');
    return hashed.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$`);
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
