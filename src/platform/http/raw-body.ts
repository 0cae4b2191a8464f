import type { IncomingMessage } from 'node:http';

/** How much of a refused body is still let in, and for how long, so that the client gets to read why. */
export const DRAINED_BYTES = 2 * 1024 * 1024;
const DRAINED_MS = 5_000;

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
  let left = DRAINED_BYTES;
  const cutOff = () => request.complete || request.destroy();
  const impatience = setTimeout(cutOff, DRAINED_MS).unref();
  for (const end of ['end', 'close']) request.once(end, () => clearTimeout(impatience));
  request.on('data', (chunk: Buffer) => (left -= chunk.length) < 0 && cutOff());
}
