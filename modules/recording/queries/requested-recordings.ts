import { Injectable } from '@nestjs/common';
import { WatchableRecordings, type Watchable } from '#modules/media/contract.js';
import { ownerOf } from '../capture/request-owner.js';
import { RecordingQueries } from './recording-queries.js';

/** What may be watched of the recordings that customers were asked for. */
@Injectable()
export class RequestedRecordings extends WatchableRecordings {
  constructor(private readonly recordings: RecordingQueries) {
    super();
  }

  async find(workspaceId: string, recordingId: string): Promise<Watchable | null> {
    const view = await this.recordings.find(workspaceId, recordingId);
    return view && { ...view, owner: ownerOf(view.requestId) };
  }
}
