import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { CustomerCapabilities, type CustomerCapability } from './customer-capability.js';
import { Links, type LinkTarget } from './links.js';

/**
 * Finds what a code leads to. A wrong one is told so, however many others were wrong at the same address: a right one is
 * never refused, so to wait would help nobody, and at the pace of all calls 128 bits outlast the sun.
 */
@Injectable()
export class LinkRedemption {
  constructor(
    private readonly links: Links,
    private readonly capabilities: CustomerCapabilities,
  ) {}

  /** @throws Refusal `LINK_UNKNOWN` */
  async redeem(code: string): Promise<LinkTarget> {
    return (await this.links.resolve(code)) ?? unknownLink();
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
