import { Injectable } from '@nestjs/common';
import { Media } from '#modules/media/contract.js';
import { Refusal } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { linkOfDeleted, openLink } from '../domain/customer-decisions.js';
import { recordingRequest, type KnownRequest } from '../domain/recording-request.js';
import { known } from '../domain/request-decisions.js';

/** What the holder of one of a request's links finds there. Nothing changes by it. */
@Injectable()
export class OpenedLinks {
  constructor(
    private readonly streams: Streams,
    private readonly media: Media,
  ) {}

  /** @throws Refusal when the link leads nowhere any more */
  async open(requestId: string, link: number, at: Date): Promise<KnownRequest> {
    const { state } = await this.streams.load(recordingRequest, requestId);
    try {
      return openLink(state, { link, at });
    } catch (error) {
      const { submitted } = known(state);
      const isUsed = error instanceof Refusal && error.code === 'LINK_USED';
      // What became of a recording after Send, its own stream says.
      if (isUsed && submitted && (await this.media.isDeleted(submitted.recordingId))) linkOfDeleted(submitted);
      throw error;
    }
  }
}
