import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Hashes and proves passwords, taking as long for nobody's password as for somebody's. */
@Injectable()
export class Passwords {
  /** A hash of nothing anybody knows, proven against where there is no account. */
  private readonly decoy = hash(crypto.getRandomValues(new Uint8Array(32)), PARAMETERS);

  hash(password: string): Promise<string> {
    return hash(normalised(password), PARAMETERS);
  }

  /** Whether the password is the one behind the hash. Without a hash the answer is no, at the same price. */
  async prove(hashed: string | null, password: string): Promise<boolean> {
    const right = await verify(hashed ?? (await this.decoy), normalised(password));
    return right && hashed !== null;
  }

  /** Whether a hash was made with other parameters than today's and should be made anew. */
  isOutdated(hashed: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(hashed);
    return (
      memoryCost !== PARAMETERS.memoryCost || timeCost !== PARAMETERS.timeCost || parallelism !== PARAMETERS.parallelism
    );
  }
}

/** The same characters typed on another keyboard or system must give the same bytes. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
