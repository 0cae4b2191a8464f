import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { Streams } from '#platform/streams/streams.js';
import { recordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';
import { madeFileKey } from '../media-keys.js';

const MOST_BYTES = 300_000;

/** Keeps the browser's poster until the worker has a better one. Only a JPEG, only small, only for one's own recording. */
@Injectable()
export class CustomerPosters {
  constructor(
    private readonly streams: Streams,
    private readonly objects: SealedObjects,
  ) {}

  /** @throws Refusal */
  async keep(requestId: string, recordingId: string, request: Request): Promise<void> {
    const { open, submitted } = known((await this.streams.load(recordingRequest, requestId)).state);
    if (!open.includes(recordingId) && submitted?.recordingId !== recordingId)
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
    const bytes = await bodyOf(request);
    const jpeg = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes[2] === 0xff;
    if (!jpeg) refuse('POSTER_INVALID', 'The poster must be a JPEG picture.', 'invalid');
    await this.objects.put(recordingId, madeFileKey(recordingId, 'poster'), bytes);
  }
}

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) refuse('POSTER_TOO_LARGE', `A poster has at most ${MOST_BYTES} bytes.`, 'too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
