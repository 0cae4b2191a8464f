import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Authenticator, bearerToken } from '#platform/http/authenticator.js';
import type { CustomerCaller } from './customer-caller.js';
import { CustomerCapabilities } from './customer-capability.js';

/** Recognises the token that opening a link returned. */
@Injectable()
export class CustomerAuthenticator extends Authenticator {
  constructor(private readonly capabilities: CustomerCapabilities) {
    super();
  }

  async authenticate(request: Request): Promise<CustomerCaller | null> {
    const token = bearerToken(request);
    const capability = token ? await this.capabilities.read(token, new Date()) : null;
    if (!capability) return null;
    const via = { kind: 'link', id: `${capability.requestId}/${capability.link}` } as const;
    return { kind: 'customer', id: capability.requestId, ...capability, via, proof: { by: 'link' } };
  }
}
