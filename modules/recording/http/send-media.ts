import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ByteRange } from '#platform/object-storage/object-storage.js';
import type { Playable } from '../queries/uploaded-media.js';

/** Answers whole or by a single byte range (RFC 9110 §14), which is how players seek. */
export async function sendMedia(request: Request, response: Response, playable: Playable): Promise<void> {
  const range = readRange(request.headers.range, playable.size);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('ETag', playable.etag);
  if (range === 'unsatisfiable') {
    response.status(416).setHeader('Content-Range', `bytes */${playable.size}`).end();
    return;
  }
  // A range of what has been replaced since would splice two files: then the whole is the answer.
  const part = range && (!request.headers['if-range'] || request.headers['if-range'] === playable.etag) ? range : null;
  const { start, end } = part ?? { start: 0, end: playable.size - 1 };
  response.status(part ? 206 : 200);
  if (part) response.setHeader('Content-Range', `bytes ${start}-${end}/${playable.size}`);
  response.setHeader('Content-Type', playable.mediaType);
  response.setHeader('Content-Length', end - start + 1);
  if (request.method === 'HEAD' || playable.size === 0) return void response.end();
  // Players abandon requests all the time; whoever hung up needs no error.
  await pipeline(await playable.read({ start, end }), response).catch((error: unknown) => {
    if (!response.destroyed) response.destroy(error as Error);
  });
}

/** @returns null without a (usable) Range header: unknown units and several ranges are ignored, as the RFC allows */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [first, last] = [match[1]!, match[2]!];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}
