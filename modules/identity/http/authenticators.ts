import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Authenticator, bearerToken } from '#platform/http/authenticator.js';
import type { Caller } from '#platform/http/caller.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';
import { Sessions } from '../credentials/sessions.js';
import { readSessionCookie } from './session-cookie.js';

/** A signed-in browser. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  constructor(private readonly sessions: Sessions) {
    super();
  }

  async authenticate(request: Request, use: boolean): Promise<Caller | null> {
    if (request.headers.authorization !== undefined) return null;
    const token = readSessionCookie(request);
    return token ? this.sessions.recognise(token, use) : null;
  }
}

/** A program with `Authorization: Bearer sdk_…`. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  constructor(private readonly secrets: ApiKeySecrets) {
    super();
  }

  async authenticate(request: Request, use: boolean): Promise<Caller | null> {
    const token = bearerToken(request);
    return token?.startsWith('sdk_') ? this.secrets.recognise(token, use) : null;
  }
}
