import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { refuse } from '#kernel/refusal.js';
import { countReader } from '#platform/http/open-readers.js';
import { answerOnlyWhile } from '#platform/http/open-answers.js';
import { SubjectErased } from '#platform/key-ring/key-ring.js';
import { ObjectMissing, type ByteRange } from '#platform/object-storage/object-storage.js';
import type { Playable } from './uploaded-media.js';

/** More than the system's own buffers take: what is shorter waits for nobody. */
const LONG_BYTES = 1024 * 1024;
/** Ten tabs with a player each, and a program that takes an archive away. */
const LONG_READS = { kind: 'media', most: 32 };

/** Answers whole or by a single byte range (RFC 9110 §14), which is how players seek. @throws Refusal `MEDIA_NOT_THERE`, `TOO_MANY_READERS` */
export async function sendMedia(request: Request, response: Response, playable: Playable): Promise<void> {
  const { size, etag, mediaType } = playable;
  answerOnlyWhile(request, playable.remains);
  const range = wantedRange(request, playable);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('ETag', etag);
  if (isKnown(request.headers['if-none-match'], etag)) return void response.status(304).end();
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${size}`);
    throw new HttpException('There is nothing in that range.', 416);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (end - start >= LONG_BYTES) countReader(request, response, LONG_READS);
  const body = request.method === 'HEAD' || size === 0 ? null : await read(playable, { start, end });
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.status(range ? 206 : 200);
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Length', end - start + 1);
  if (!body) return void response.end();
  // Players abandon requests all the time; whoever hung up needs no error.
  await pipeline(body, response).catch((error: unknown) => {
    if (!response.destroyed) response.destroy(error as Error);
  });
}

/** Says that there is nothing to send. */
export function mediaNotThere(): never {
  refuse('MEDIA_NOT_THERE', 'This is not there (yet).', 'not_found');
}

/** Whether the caller has these very bytes (`If-None-Match`, RFC 9110 §13.1.2); that goes before any range. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = header?.match(/\*|(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/** Only GET has ranges. A range of what has been replaced since would splice two files: then the whole is the answer. */
function wantedRange({ method, headers }: Request, { size, etag }: Playable): ByteRange | 'unsatisfiable' | null {
  const current = headers['if-range'] === undefined || headers['if-range'] === etag;
  return method === 'GET' && current ? readRange(headers.range, size) : null;
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

/** A stream that has brought its first bytes, or ended: what hinders it from the start can still be told. */
async function begun(body: Readable): Promise<Readable> {
  await new Promise<void>((resolve, reject) => {
    body.once('readable', resolve).once('end', resolve).once('error', reject);
  });
  return body;
}

async function read(playable: Playable, range: ByteRange): Promise<Readable> {
  try {
    return await begun(await playable.read(range));
  } catch (error) {
    if (error instanceof ObjectMissing || error instanceof SubjectErased) mediaNotThere(); // deleted just now
    throw error;
  }
}
