import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { recording } from '../domain/recording.js';
import { recordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';
import { MadeFiles } from '../made-files.js';
import { announcedLength, drain } from '../uploads/append-body.js';
import { jpegSize } from './jpeg-size.js';

const MOST_BYTES = 300_000;
const MOST_PIXELS_A_SIDE = 4096;

/** Keeps the browser's poster until the worker has a better one. Only a JPEG, only small, only for one's own recording. */
@Injectable()
export class CustomerPosters {
  constructor(
    private readonly streams: Streams,
    private readonly files: MadeFiles,
  ) {}

  /** @throws Refusal */
  async keep(requestId: string, recordingId: string, request: Request): Promise<void> {
    await this.refuseUnlessWanted(requestId, recordingId);
    const bytes = await bodyOf(request);
    const size = jpegSize(bytes);
    if (!size || Math.max(size.width, size.height) > MOST_PIXELS_A_SIDE)
      refuse('POSTER_INVALID', 'The poster must be a JPEG picture of no more than 4096 × 4096 pixels.', 'invalid');
    await this.files.keep(recordingId, 'poster', bytes);
  }

  private async refuseUnlessWanted(requestId: string, recordingId: string): Promise<void> {
    const { open, submitted } = known((await this.streams.load(recordingRequest, requestId)).state);
    if (!open.includes(recordingId) && submitted?.recordingId !== recordingId)
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
    const { previewed, deletion } = (await this.streams.load(recording, recordingId)).state;
    if (previewed || deletion !== 'none') refuse('ALREADY_RECEIVED', 'This recording has its pictures already.');
  }
}

/** A body too large is not read to its end, but far enough that its sender gets to read why. */
async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = announcedLength(request) ?? 0;
  if (length > MOST_BYTES) tooLarge(request);
  length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) tooLarge(request);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(request: Request): never {
  drain(request);
  refuse('POSTER_TOO_LARGE', `A poster has at most ${MOST_BYTES} bytes.`, 'too_large');
}
