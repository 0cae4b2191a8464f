import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import {
  UploadedRecordings,
  type AbandonedRecording,
  type BeginningUpload,
  type UploadTerms,
} from '#modules/media/contract.js';
import { Streams } from '#platform/streams/streams.js';
import { startRecording } from '../domain/capture-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { usable } from '../domain/customer-decisions.js';
import { DiscardRecording } from '../commands/discard-recording.js';
import { SettleAbandonedRecording } from '../commands/settle-abandoned-recording.js';
import { UploadAllowance } from './upload-allowance.js';

/** How uploads meet the domain: the first byte of a recording is an event, and so is its end. */
@Injectable()
export class StartedRecordings extends UploadedRecordings {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly allowance: UploadAllowance,
  ) {
    super();
  }

  async termsOf(requestId: string): Promise<UploadTerms> {
    const { state } = await this.streams.load(recordingRequest, requestId);
    const { options, consent } = usable(state, new Date());
    if (!consent) refuse('CONSENT_MISSING', 'The customer has not agreed to be recorded yet.');
    return this.allowance.grant(requestId, options);
  }

  async begin({ requestId, recordingId, source, link }: BeginningUpload, by: By): Promise<void> {
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      startRecording(state, requestId, recordingId, source, { link, at: new Date() }),
    );
  }

  async terminated({ recordingId, left }: { recordingId: string; left: number }, by: By): Promise<void> {
    if (left === 0) await this.commands.execute(new DiscardRecording(by.actor.id, recordingId, by));
  }

  async abandoned({ requestId, recordingId, bytes }: AbandonedRecording, by: By): Promise<void> {
    await this.commands.execute(new SettleAbandonedRecording(requestId, recordingId, bytes, by));
  }
}
