import { familyOf } from '../platform.js';
import type { Lack } from '../steps.js';
import { send } from './request.js';

/** Tells who asked that this browser cannot record, so that they know why nothing comes. Nobody waits for it. */
export function reportLack(reason: Lack, token: string): void {
  const browser = familyOf(navigator.userAgent);
  void send('POST', 'customer/unsupported', { reason, browser }, token).catch(() => undefined);
}
