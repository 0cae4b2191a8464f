import { Injectable } from '@nestjs/common';
import { KeyRing } from '#platform/key-ring/key-ring.js';

export interface CustomerCapability {
  readonly requestId: string;
  readonly workspaceId: string;
  /** Which of the request's links was opened: once a newer one is, this one begins nothing more. */
  readonly link: number;
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

  async issue({ requestId, workspaceId, link }: CustomerCapability, at: Date): Promise<string> {
    const until = at.getTime() + LIFETIME_MS;
    const claims = Buffer.from(JSON.stringify([requestId, workspaceId, until, link])).toString('base64url');
    return `${PREFIX}${claims}.${await this.keys.sign(PURPOSE, claims)}`;
  }

  /** Null when the token is not one of ours, was changed, or is too old. */
  async read(token: string, at: Date): Promise<CustomerCapability | null> {
    const match = /^cap_([A-Za-z0-9_-]{20,300})\.((?:\d{1,9}\.)?[A-Za-z0-9_-]{43})$/.exec(token);
    if (!match) return null;
    const [, signed, signature] = match as unknown as [string, string, string];
    if (!(await this.keys.isSignature(PURPOSE, signed, signature))) return null;
    const claims = Buffer.from(signed, 'base64url').toString('utf8');
    const [requestId, workspaceId, until, link] = JSON.parse(claims) as [string, string, number, number];
    return until > at.getTime() ? { requestId, workspaceId, link } : null;
  }
}
