import { Injectable } from '@nestjs/common';
import { Uploads } from '#modules/media/contract.js';
import { UploadAllowance } from '../capture/upload-allowance.js';
import { ownerOf } from '../capture/request-owner.js';
import type { KnownRequest, RecordingOptions, RequestStatus } from '../domain/recording-request.js';
import { deletionDate } from '../domain/retention.js';
import { Requesters } from './requesters.js';

/** What the customer learns on opening the link: who asks, what for, and what became of an earlier attempt. */
export interface LinkView {
  readonly requestId: string;
  readonly status: RequestStatus;
  readonly workspace: { readonly name: string; readonly logoUrl: string | null; readonly accent: string | null };
  readonly agentFirstName: string | null;
  readonly message: string | null;
  readonly ticketSubject: string | null;
  readonly expiresAt: string;
  /** When a recording sent now will be deleted. */
  readonly deletesAt: string;
  readonly options: RecordingOptions;
  readonly consentVersion: string;
  readonly abandonedPolicy: 'finalise' | 'discard';
  /** Whether a recording can begin now. Whoever has begun already may end it. */
  readonly hasRoom: boolean;
  readonly resumable: readonly Resumable[];
}

export interface Resumable {
  readonly recordingId: string;
  readonly lastAppendAt: string;
  readonly uploads: readonly {
    readonly uploadId: string;
    readonly track: 'screen' | 'camera';
    /** Whether it is being recorded, or is a finished file; of that, how long it is, so that it can be gone on with. */
    readonly source: 'capture' | 'file';
    readonly length: number | null;
    readonly offset: number;
    readonly mediaType: string;
  }[];
}

/** Raised when the meaning of the consent changes; the texts themselves are the front end's, by language. */
const CONSENT_VERSION = '2';

@Injectable()
export class LinkViews {
  constructor(
    private readonly requesters: Requesters,
    private readonly uploads: Uploads,
    private readonly allowance: UploadAllowance,
  ) {}

  async of(requestId: string, workspaceId: string, request: KnownRequest, at: Date): Promise<LinkView> {
    const { workspace, agentFirstName } = await this.requesters.of(workspaceId, request.agentId);
    return {
      requestId,
      status: request.status,
      workspace: { name: workspace.name, logoUrl: null, accent: workspace.accent },
      agentFirstName,
      message: request.message ?? null,
      ticketSubject: request.ticketSubject ?? null,
      expiresAt: request.expiresAt,
      deletesAt: deletionDate(at, workspace.retentionDays).toISOString(),
      options: request.options,
      consentVersion: CONSENT_VERSION,
      abandonedPolicy: workspace.abandonedPolicy,
      hasRoom: request.open.length > 0 || (await this.allowance.hasRoom(workspaceId)),
      resumable: request.open.length ? await this.resumable(requestId, request) : [],
    };
  }

  private async resumable(requestId: string, request: KnownRequest): Promise<Resumable[]> {
    const uploads = (await this.uploads.of(ownerOf(requestId))).filter(({ recordingId }) =>
      request.open.includes(recordingId),
    );
    return [...new Set(uploads.map(({ recordingId }) => recordingId))].map((recordingId) => {
      const own = uploads.filter((upload) => upload.recordingId === recordingId);
      return {
        recordingId,
        lastAppendAt: own[0]!.lastAppendAt.toISOString(),
        uploads: own.map(({ id: uploadId, track, source, declaredLength: length, offset, mediaType }) => {
          return { uploadId, track, source, length, offset, mediaType };
        }),
      };
    });
  }
}
