import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { CustomerCapabilities, type CustomerCapability } from './customer-capability.js';
import { Links, type LinkTarget } from './links.js';

/** Wrong codes per client address. A person mistypes a few times; at this pace 128 bits outlast the sun. */
const WRONG_CODES: RateLimit = { name: 'wrong_link_codes', points: 20, perSeconds: 600 };

/**
 * Finds what a code leads to. Every wrong one counts, and says nothing; a right one is never refused, whatever others
 * got wrong at the same address: 128 bits are not guessed at any pace.
 */
@Injectable()
export class LinkRedemption {
  constructor(
    private readonly links: Links,
    private readonly limits: RateLimits,
    private readonly capabilities: CustomerCapabilities,
  ) {}

  /** @throws Refusal `LINK_UNKNOWN`, or `RATE_LIMITED` after too many of those */
  async redeem(code: string, address: string): Promise<LinkTarget> {
    const target = await this.links.resolve(code);
    if (target) return target;
    await this.limits.take(WRONG_CODES, address);
    return unknownLink();
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
