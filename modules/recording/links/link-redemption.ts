import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { CustomerCapabilities, type CustomerCapability } from './customer-capability.js';
import { Links, type LinkTarget } from './links.js';

/** Wrong codes per client address. A person mistypes a few times; at this pace 128 bits outlast the sun. */
const WRONG_CODES: RateLimit = { name: 'wrong_link_codes', points: 20, perSeconds: 600 };

/** Finds what a code leads to, and makes guessing slow: every wrong one counts, and says nothing. */
@Injectable()
export class LinkRedemption {
  constructor(
    private readonly links: Links,
    private readonly limits: RateLimits,
    private readonly capabilities: CustomerCapabilities,
  ) {}

  /** @throws Refusal `LINK_UNKNOWN`, or `RATE_LIMITED` after too many of those, right or wrong */
  redeem(code: string, address: string): Promise<LinkTarget> {
    // A right one gives back its own point only: whoever holds one link must not be able to wipe out the guesses in between.
    return this.limits.counting(
      [[WRONG_CODES, address]],
      async () => (await this.links.resolve(code)) ?? unknownLink(),
    );
  }

  /** The token with which the customer goes on. */
  issueCapability(customer: CustomerCapability, at: Date): Promise<string> {
    return this.capabilities.issue(customer, at);
  }
}

function unknownLink(): never {
  refuse(
    'LINK_UNKNOWN',
    'This link does not work. Check that you copied all of it, or ask for a new one.',
    'not_found',
  );
}
