import type { IncomingMessage } from 'node:http';
import { announcedLength } from '#platform/http/raw-body.js';
import { borrowBuffer, freeNow, giveBack } from '#platform/object-storage/reused-buffers.js';

/** What a body must bring to be waited for: its connection is worth more to somebody else. */
export interface Pace {
  /** How long it may stand still. */
  readonly idleMs: number;
  /** How long it may be waited for, in all, until it has brought that many bytes more. */
  readonly waitMs: number;
  readonly bytes: number;
}

/** A tenth of what the slowest phones bring, and far less than any recording needs. */
const PACE: Pace = { idleMs: 30_000, waitMs: 60_000, bytes: 16_384 };

/**
 * Cuts a request's body into pieces of `size` bytes (the last may be shorter), reading on only as fast as they are
 * taken. At most one piece is in memory, in one buffer however finely the body was chopped on its way; the buffer is
 * used again, so a piece is good until the next one is asked for. A body that breaks off, or drips, throws
 * {@link BodyBrokeOff}; before that its rest is a piece too, unless it is all or nothing.
 */
export async function* piecesOf(
  request: IncomingMessage,
  { size, whole }: { size: number; whole: boolean },
  pace = PACE,
): AsyncGenerator<Buffer> {
  request.setTimeout(pace.idleMs, () => request.destroy());
  let piece: Buffer | null = null;
  let held = 0;
  try {
    for await (const chunk of keepingPace(request, pace)) {
      piece ??= borrowBuffer(Math.min(size, announcedLength(request) ?? size));
      for (let rest = chunk; rest.length;) {
        const taken = rest.copy(piece, held);
        [held, rest] = [held + taken, rest.subarray(taken)];
        if (held < piece.length) continue;
        yield piece;
        held = 0;
      }
      freeNow(chunk);
    }
    if (held) yield piece!.subarray(0, held);
  } catch (cause) {
    if (held && !whole) yield piece!.subarray(0, held);
    throw new BodyBrokeOff('The body broke off', { cause });
  } finally {
    if (piece) giveBack(piece);
  }
}

/** What arrives, as long as the sender, not we, keeps nobody waiting for too little. */
async function* keepingPace(request: IncomingMessage, { waitMs, bytes }: Pace): AsyncGenerator<Buffer> {
  let [waited, brought, asked] = [0, 0, performance.now()];
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    waited += performance.now() - asked;
    brought += chunk.length;
    if (brought >= bytes) waited = brought = 0;
    if (waited > waitMs && !request.complete) request.destroy();
    yield chunk;
    asked = performance.now();
  }
}

/** The client went away in the middle of its body: there is nobody left to answer. */
export class BodyBrokeOff extends Error {}
