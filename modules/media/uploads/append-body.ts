import type { IncomingMessage } from 'node:http';
import { announcedLength } from '#platform/http/raw-body.js';
import { borrowBuffer, freeNow, giveBack } from '#platform/object-storage/reused-buffers.js';

/** A body that stands still for this long is given up: its connection is worth more to somebody else. */
const IDLE_MS = 30_000;

/**
 * Cuts a request's body into pieces of `size` bytes (the last may be shorter), reading on only as fast as they are
 * taken. At most one piece is in memory, in one buffer however finely the body was chopped on its way; the buffer is
 * used again, so a piece is good until the next one is asked for. A body that breaks off yields no last piece but
 * throws {@link BodyBrokeOff}.
 */
export async function* piecesOf(request: IncomingMessage, size: number, idleMs = IDLE_MS): AsyncGenerator<Buffer> {
  request.setTimeout(idleMs, () => request.destroy());
  let piece: Buffer | null = null;
  let held = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
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
    throw new BodyBrokeOff('The body broke off', { cause });
  } finally {
    if (piece) giveBack(piece);
  }
}

/** The client went away in the middle of its body: there is nobody left to answer. */
export class BodyBrokeOff extends Error {}
