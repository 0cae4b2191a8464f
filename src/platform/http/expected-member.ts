import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import type { Caller } from './caller.js';

/** The id of the member whom a page shows as signed in. The cookie that comes along may be another's by now. */
const HEADER = 'Screendesk-Member';

/**
 * Against acting under another's name: all tabs of a browser have one cookie, and one tab may have been opened by
 * somebody who was signed in before. Who sends no such header has no page that could be out of date.
 */
export function refuseInAnothersName(request: Request, { id }: Caller): void {
  if ((request.get(HEADER) ?? id) === id) return;
  refuse('OTHER_MEMBER', 'Somebody else is signed in in this browser by now. Load the page again.', 'unauthenticated');
}
