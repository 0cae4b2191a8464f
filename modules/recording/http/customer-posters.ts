import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { refuse } from '#kernel/refusal.js';
import { Media } from '#modules/media/contract.js';
import { announcedLength } from '#platform/http/raw-body.js';
import { Streams } from '#platform/streams/streams.js';
import { recordingRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';

const MOST_BYTES = 300_000;

/** Keeps the browser's poster until the worker has a better one. Only a JPEG, only small, only for one's own recording. */
@Injectable()
export class CustomerPosters {
  constructor(
    private readonly streams: Streams,
    private readonly media: Media,
  ) {}

  /** @throws Refusal */
  async keep(requestId: string, recordingId: string, request: Request): Promise<void> {
    await this.refuseUnlessWanted(requestId, recordingId);
    await this.media.keepPoster(recordingId, await bodyOf(request));
  }

  private async refuseUnlessWanted(requestId: string, recordingId: string): Promise<void> {
    const { open, submitted } = known((await this.streams.load(recordingRequest, requestId)).state);
    if (!open.includes(recordingId) && submitted?.recordingId !== recordingId)
      refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
    await this.media.refuseUnlessPosterWanted(recordingId);
  }
}

/** A body too large is not read to its end. */
async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = announcedLength(request) ?? 0;
  if (length > MOST_BYTES) tooLarge();
  length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): never {
  refuse('POSTER_TOO_LARGE', `A poster has at most ${MOST_BYTES} bytes.`, 'too_large');
}
