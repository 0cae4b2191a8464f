import { Injectable } from '@nestjs/common';
import { JobHandler } from '#platform/jobs/job.js';
import { SegmentRemoval } from '../uploads/segment-removal.js';

/** Removes objects that lost their race for a place in an upload. */
@Injectable()
export class SweepUploadsHandler extends JobHandler {
  readonly queue = 'recording-sweep-uploads';
  override readonly every = 3_600_000;

  constructor(private readonly segments: SegmentRemoval) {
    super();
  }

  async run(): Promise<void> {
    await this.segments.sweep();
  }
}
