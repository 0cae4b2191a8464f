import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { SegmentRemoval } from '../uploads/segment-removal.js';
import { causeOf, type Cause } from './caused-by.js';

const QUEUE = 'recording-remove-segments';
/** Longer than anybody who began to watch the segments reads on in them. */
const GRACE_MS = 10 * 60_000;

type RemoveSegments = Cause & { readonly recordingId: string };

function whenPreviewed(event: RecordedEvent) {
  const { recordingId } = event.data as { recordingId: string };
  return { data: { ...causeOf(event), recordingId }, delayMs: GRACE_MS };
}

export const removeSegments: Processor<RemoveSegments> = { queue: QUEUE, on: { RecordingPreviewed: whenPreviewed } };

/** What arrived in pieces goes once the seekable file has taken its place; with it goes what the customer cut off. */
@Injectable()
export class RemoveSegmentsHandler extends JobHandler<RemoveSegments> {
  readonly queue = QUEUE;
  override readonly attempts = 20;

  constructor(private readonly segments: SegmentRemoval) {
    super();
  }

  async run({ recordingId }: RemoveSegments): Promise<void> {
    await this.segments.removeSegments(recordingId);
  }
}
