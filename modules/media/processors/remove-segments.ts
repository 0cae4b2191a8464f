import { Injectable } from '@nestjs/common';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { EventOf } from '#platform/streams/lift.js';
import { recording, type RecordingEvent } from '../domain/recording.js';
import { MadeFiles } from '../made-files/made-files.js';
import type { MadeFile } from '../made-files/media-keys.js';
import { SegmentRemoval } from '../uploads/segment-removal.js';
import type { Track } from '../uploads/upload.js';
import { causeOf, type Cause } from '#platform/jobs/caused-by.js';

const QUEUE = 'recording-remove-segments';
/** Longer than anybody who began to watch the segments reads on in them. */
const GRACE_MS = 10 * 60_000;

type RemoveSegments = Cause & { readonly recordingId: string };

function whenPreviewed(event: EventOf<RecordingEvent, 'RecordingPreviewed'>) {
  return { data: { ...causeOf(event), recordingId: event.data.recordingId }, delayMs: GRACE_MS };
}

export const removeSegments: Processor<RemoveSegments> = {
  queue: QUEUE,
  on: handlersOf(recording, { RecordingPreviewed: whenPreviewed }),
};

/** What stands for a track once it was made. */
const MADE_OF: Readonly<Record<Track, MadeFile>> = { screen: 'seekable', camera: 'camera' };

/**
 * What arrived in pieces goes once a file that plays has taken its place; with it goes what the customer cut off. A track
 * of which none could be made keeps its pieces, sealed, until the recording itself goes.
 */
@Injectable()
export class RemoveSegmentsHandler extends JobHandler<RemoveSegments> {
  readonly queue = QUEUE;
  /** One recording of which the storage says nothing leaves a place for another workspace's. */
  override readonly concurrency = 2;
  override readonly perWorkspace = 1;
  override readonly attempts = 20;

  constructor(
    private readonly segments: SegmentRemoval,
    private readonly files: MadeFiles,
  ) {
    super();
  }

  async run({ recordingId }: RemoveSegments): Promise<void> {
    for (const track of ['screen', 'camera'] as const)
      if (await this.files.isWhole(recordingId, MADE_OF[track])) await this.segments.removeSegments(recordingId, track);
  }
}
