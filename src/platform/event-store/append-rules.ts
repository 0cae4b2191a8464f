import type { ExpectedVersion, NewEvent } from './event-store.js';

const STREAM = /^[A-Za-z0-9._~-]{1,200}$/;
const TYPE = /^[A-Za-z0-9._-]{1,120}$/;

/** Most that one append may hold, in bytes as they are stored: EventStoreDB takes 1 MiB, its own additions included. */
export const MOST_APPENDED_BYTES = 1_000_000;
/** What a store adds to each event: names, times, ids. */
const BESIDE_EACH = 100;

/** More than one append may hold. It can't be split: it is all or nothing. */
export class AppendTooLarge extends RangeError {
  constructor(readonly bytes: number) {
    super(`An append holds at most ${MOST_APPENDED_BYTES} bytes, and this one would have ${bytes}`);
  }
}

/** @param texts all that is stored of each event @throws AppendTooLarge, before anything is sent */
export function assertNotTooLarge(texts: readonly string[]): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + BESIDE_EACH, 0);
  if (bytes > MOST_APPENDED_BYTES) throw new AppendTooLarge(bytes);
}

/** What every adapter refuses alike, whatever its server would make of it. @throws RangeError */
export function assertAppendable(stream: string, expected: ExpectedVersion, events: readonly NewEvent[]): void {
  const named = expected === 'no_stream' || (Number.isSafeInteger(expected) && expected >= 0);
  if (!named) throw new RangeError(`An append names the version it expects; ${String(expected)} is not one`);
  if (!STREAM.test(stream)) throw new RangeError(`Not a stream's name: ${stream}`);
  if (events.length === 0) throw new RangeError('An append has at least one event');
  for (const { type } of events) if (!TYPE.test(type)) throw new RangeError(`Not an event's type: ${type}`);
}
