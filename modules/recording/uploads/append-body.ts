import type { IncomingMessage } from 'node:http';
import { borrowBuffer, freeNow, giveBack } from '#platform/object-storage/reused-buffers.js';

/** A body that stands still for this long is given up: its connection is worth more to somebody else. */
const IDLE_MS = 30_000;
/** How much of a refused body is still let in, and for how long, so that the client gets to read why. */
const DRAIN = { bytes: 2 * 1024 * 1024, ms: 5_000 };

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

/** The `Content-Length`, or null when the body is chunked. */
export function announcedLength(request: IncomingMessage): number | null {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
}

/**
 * Lets what is left of a refused body run out; a client that does not stop is cut off. To be called before the answer
 * is sent: Node reads a body that nobody wanted by then to its end, however long it is.
 */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let left = DRAIN.bytes;
  const cutOff = () => request.complete || request.destroy();
  const impatience = setTimeout(cutOff, DRAIN.ms).unref();
  for (const end of ['end', 'close']) request.once(end, () => clearTimeout(impatience));
  request.on('data', (chunk: Buffer) => (left -= chunk.length) < 0 && cutOff());
}
