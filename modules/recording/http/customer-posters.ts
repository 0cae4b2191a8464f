import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { recording } from '../domain/recording.js';
import { recordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';
import { MadeFiles } from '../made-files.js';
import { announcedLength, drain } from '../uploads/append-body.js';

const MOST_BYTES = 300_000;

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
    const jpeg = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes[2] === 0xff;
    if (!jpeg) refuse('POSTER_INVALID', 'The poster must be a JPEG picture.', 'invalid');
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
