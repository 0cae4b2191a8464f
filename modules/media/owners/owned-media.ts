import { Injectable } from '@nestjs/common';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Streams } from '#platform/streams/streams.js';
import { Media, type Cut, type MediaChanged, type OwnedRecording } from '../contract.js';
import { recording, type Recording, requestDeletion, retryProcessing } from '../domain/recording.js';
import { ProvableErasure } from '../erasure/provable-erasure.js';
import { jpegSize } from '../made-files/jpeg-size.js';
import { MadeFiles } from '../made-files/made-files.js';

const MOST_PIXELS_A_SIDE = 4096;

/** What the owners of recordings may do with their media. */
@Injectable()
export class OwnedMedia extends Media {
  constructor(
    private readonly streams: Streams,
    private readonly erasure: ProvableErasure,
    private readonly files: MadeFiles,
  ) {
    super();
  }

  async requestDeletion(owned: OwnedRecording, by: By, expected?: number): Promise<MediaChanged> {
    await this.erasure.assertErasable({ ...owned, words: true });
    const decide = (state: Recording) => requestDeletion(state, owned);
    return this.streams.change(recording, owned.recordingId, by, decide, { expected });
  }

  retryProcessing(owned: OwnedRecording, cut: Cut, by: By, expected?: number): Promise<MediaChanged> {
    const decide = (state: Recording) => retryProcessing(state, { ...owned, ...cut });
    return this.streams.change(recording, owned.recordingId, by, decide, { expected });
  }

  assertErasable(owned: OwnedRecording): Promise<void> {
    return this.erasure.assertErasable({ ...owned, words: false });
  }

  eraseUnsent(owned: OwnedRecording, by: By): Promise<void> {
    return this.erasure.erase({ ...owned, words: false }, by);
  }

  async isDeleted(recordingId: string): Promise<boolean> {
    return (await this.streams.load(recording, recordingId)).state.deletion !== 'none';
  }

  /** Rows may be late: only the stream says that the recording is to go, and has not gone yet. */
  async repeatErasure(owned: OwnedRecording, by: By): Promise<void> {
    const { deletion } = (await this.streams.load(recording, owned.recordingId)).state;
    if (deletion === 'requested') await this.erasure.erase({ ...owned, words: true }, by);
  }

  async keepPoster(recordingId: string, jpeg: Buffer): Promise<void> {
    const size = jpegSize(jpeg);
    if (!size || Math.max(size.width, size.height) > MOST_PIXELS_A_SIDE)
      refuse('POSTER_INVALID', 'The poster must be a JPEG picture of no more than 4096 × 4096 pixels.', 'invalid');
    await this.files.keep(recordingId, 'poster', jpeg);
  }

  async refuseUnlessPosterWanted(recordingId: string): Promise<void> {
    const { previewed, deletion } = (await this.streams.load(recording, recordingId)).state;
    if (previewed || deletion !== 'none') refuse('ALREADY_RECEIVED', 'This recording has its pictures already.');
  }
}
