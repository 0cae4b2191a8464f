import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '#platform/key-ring/key-ring.js';

export interface CustomerCapability {
  readonly requestId: string;
  readonly workspaceId: string;
}

const PREFIX = 'cap_';
const LIFETIME_MS = 24 * 60 * 60 * 1000;
const PURPOSE = 'customer capability';

/**
 * What opening a link hands to the recorder: the right to act as this request's customer for a day. Signed, not
 * stored; whether the request still takes anything is asked of the request itself, every time.
 */
@Injectable()
export class CustomerCapabilities {
  constructor(private readonly keys: KeyRing) {}

  async issue({ requestId, workspaceId }: CustomerCapability, at: Date): Promise<string> {
    const claims = Buffer.from(JSON.stringify([requestId, workspaceId, at.getTime() + LIFETIME_MS])).toString(
      'base64url',
    );
    return `${PREFIX}${claims}.${(await this.sign(claims)).toString('base64url')}`;
  }

  /** Null when the token is not one of ours, was changed, or is too old. */
  async read(token: string, at: Date): Promise<CustomerCapability | null> {
    const match = /^cap_([A-Za-z0-9_-]{20,300})\.([A-Za-z0-9_-]{43})$/.exec(token);
    if (!match) return null;
    // Compared as text: base64url spells the same bytes in several ways, and only ours is right.
    const right = (await this.sign(match[1]!)).toString('base64url');
    if (!timingSafeEqual(Buffer.from(match[2]!), Buffer.from(right))) return null;
    const [requestId, workspaceId, until] = JSON.parse(Buffer.from(match[1]!, 'base64url').toString('utf8')) as [
      string,
      string,
      number,
    ];
    return until > at.getTime() ? { requestId, workspaceId } : null;
  }

  private sign(claims: string): Promise<Buffer> {
    return this.keys.blindIndex(PURPOSE, claims);
  }
}
