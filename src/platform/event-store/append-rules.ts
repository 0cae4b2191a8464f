import type { ExpectedVersion, NewEvent } from './event-store.js';

const STREAM = /^[A-Za-z0-9._~-]{1,200}$/;
const TYPE = /^[A-Za-z0-9._-]{1,120}$/;

/** What every adapter refuses alike, whatever its server would make of it. @throws RangeError */
export function assertAppendable(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): void {
  const named = expected === 'no_stream' || (Number.isSafeInteger(expected) && expected >= 0);
  if (!named) throw new RangeError(`An append names the version it expects; ${String(expected)} is not one`);
  if (!STREAM.test(stream)) throw new RangeError(`Not a stream's name: ${stream}`);
  if (events.length === 0) throw new RangeError('An append has at least one event');
  for (const { type } of events) if (!TYPE.test(type)) throw new RangeError(`Not an event's type: ${type}`);
}
