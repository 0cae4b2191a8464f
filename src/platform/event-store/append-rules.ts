import type { ExpectedVersion, NewEvent } from './event-store.js';

/** What every adapter refuses alike, whatever its server would make of it. @throws RangeError */
export function assertAppendable(expected: ExpectedVersion, events: readonly NewEvent[]): void {
  const named = expected === 'no_stream' || (Number.isSafeInteger(expected) && expected >= 0);
  if (!named) throw new RangeError(`An append names the version it expects; ${String(expected)} is not one`);
  if (events.length === 0) throw new RangeError('An append has at least one event');
}
