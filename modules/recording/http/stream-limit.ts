import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { countReader } from '#platform/http/open-readers.js';

/** Each tab of a browser, or each server of an integration, has one. */
const STREAMS = { kind: 'events', most: 100 };

@Injectable()
export class StreamLimit implements CanActivate {
  /** @throws Refusal `TOO_MANY_READERS` */
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    countReader(http.getRequest<Request>(), http.getResponse<Response>(), STREAMS);
    return true;
  }
}
