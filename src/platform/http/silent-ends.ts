import type { RequestHandler, Response } from 'express';
import { drain } from './raw-body.js';

/** Whatever is answered before its body was read: no body that nobody wants is swallowed to its end. */
export function unwantedBodies(): RequestHandler {
  return (request, response, next) => {
    response.once('prefinish', () => drain(request));
    next();
  };
}

/**
 * Cuts off answers whose reader has taken nothing for that long, since what waits for them stays in memory. Players and
 * browsers that paused come again with a range. An answer that is still being made is not waited for here.
 */
export function unreadAnswers(idleMs: number): RequestHandler {
  return (_request, response, next) => {
    response.setTimeout(idleMs, () => {
      if (isUnread(response)) response.socket?.resetAndDestroy();
      else response.socket?.setTimeout(idleMs);
    });
    next();
  };
}

function isUnread({ writableLength, socket }: Response): boolean {
  return writableLength > 0 || (socket?.writableLength ?? 0) > 0;
}
