import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import {
  UploadHost,
  type AbandonedRecording,
  type BeginningUpload,
  type OwnedRecording,
  type Settled,
  type TerminatedUpload,
  type Uploader,
  type UploadTerms,
} from '#modules/media/contract.js';
import { Streams } from '#platform/streams/streams.js';
import { resumeRecording, startRecording } from '../domain/capture-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { usable } from '../domain/customer-decisions.js';
import { DiscardRecording } from '../commands/discard-recording.js';
import { SettleAbandonedRecording } from '../commands/settle-abandoned-recording.js';
import { isCustomer, ownerOf, REQUEST } from './request-owner.js';
import { UploadAllowance } from './upload-allowance.js';

/** How uploads meet the domain: the first byte of a recording is an event, and so is its end. */
@Injectable()
export class RequestUploads extends UploadHost {
  readonly kind = REQUEST;

  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly allowance: UploadAllowance,
  ) {
    super();
  }

  uploaderOf(caller: object): Uploader | null {
    if (!isCustomer(caller)) return null;
    const { requestId, workspaceId, link } = caller;
    return { owner: ownerOf(requestId), workspaceId, entry: link };
  }

  async termsOf(requestId: string, joins: boolean): Promise<UploadTerms> {
    const { state, scope } = await this.streams.load(recordingRequest, requestId);
    const { options, consent } = usable(state, new Date());
    if (!consent) refuse('CONSENT_MISSING', 'The customer has not agreed to be recorded yet.');
    const workspaceId = scope?.kind === 'workspace' ? scope.id : '';
    const { allowance } = this;
    const room = await (joins ? allowance.roomToJoin(workspaceId) : allowance.refuseWithoutRoom(workspaceId));
    return allowance.grant(requestId, options, room);
  }

  async begin({ owner: { id: requestId }, recordingId, source, entry: link }: BeginningUpload, by: By): Promise<void> {
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      startRecording(state, requestId, recordingId, source, { link, at: new Date() }),
    );
  }

  async terminated({ owner, recordingId, left }: TerminatedUpload, by: By): Promise<void> {
    if (left === 0) await this.commands.execute(new DiscardRecording(owner.id, recordingId, by));
  }

  abandoned(recording: AbandonedRecording, by: By): Promise<Settled> {
    return this.commands.execute(new SettleAbandonedRecording(recording, by));
  }

  async returned({ owner: { id: requestId }, recordingId }: OwnedRecording, by: By): Promise<void> {
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      resumeRecording(state, requestId, recordingId),
    );
  }
}
