import { Injectable } from '@nestjs/common';
import { IdentityQueries } from '#modules/identity/contract.js';
import type { By } from '#kernel/event.js';
import { Streams } from '#platform/streams/streams.js';
import {
  recordingRequest,
  type KnownRequest,
  type RecordingRequestEvent,
  type Submission,
} from '../domain/recording-request.js';
import { mayBeKept } from '../domain/capture-decisions.js';
import { known } from '../domain/request-decisions.js';
import { deletionDate } from '../domain/retention.js';

type Moments = Required<Pick<Submission, 'receivedAt' | 'deletesAt'>>;

/** Where a recording becomes the workspace's, and the day on which it will be deleted is fixed. */
@Injectable()
export class ReceivedRecordings {
  constructor(
    private readonly streams: Streams,
    private readonly identity: IdentityQueries,
  ) {}

  async request(requestId: string): Promise<KnownRequest> {
    return known((await this.streams.load(recordingRequest, requestId)).state);
  }

  /** Whether the workspace wants what arrived of a recording whose customer did not come back, and said so to them. */
  async keepsAbandoned(requestId: string, workspaceId: string): Promise<boolean> {
    return mayBeKept(await this.request(requestId), (await this.identity.workspace(workspaceId)).abandonedPolicy);
  }

  /** Takes a decision that may receive a recording. Whoever changes the period later changes it for what comes later. */
  async receive(
    requestId: string,
    by: By,
    decide: (state: KnownRequest, moments: Moments) => readonly RecordingRequestEvent[],
  ): Promise<KnownRequest> {
    const { retentionDays } = await this.identity.workspace(by.workspaceId);
    const at = new Date();
    const moments = { receivedAt: at.toISOString(), deletesAt: deletionDate(at, retentionDays).toISOString() };
    const changed = await this.streams.change(recordingRequest, requestId, by, (state) =>
      decide(known(state), moments),
    );
    return known(changed.state);
  }
}
