import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { Config } from '#platform/config/config.js';
import { Streams } from '#platform/streams/streams.js';
import { startRecording } from '../domain/capture-decisions.js';
import { recordingRequest } from '../domain/recording-request.js';
import { usable } from '../domain/request-decisions.js';
import { UploadedRecordings, type BeginningUpload, type UploadTerms } from '../uploads/recordings-port.js';
import { DiscardRecording } from './discard-recording.js';

const MEGABYTE = 1_000_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_OPEN_UPLOADS = 10;

/** How uploads meet the domain: the first byte of a recording is an event, and so is its end. */
@Injectable()
export class StartedRecordings extends UploadedRecordings {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly config: Config,
  ) {
    super();
  }

  async termsOf(requestId: string): Promise<UploadTerms> {
    const { state } = await this.streams.load(recordingRequest, requestId);
    const { options, consent } = usable(state, new Date());
    if (!consent) refuse('CONSENT_MISSING', 'The customer has not agreed to be recorded yet.');
    const { MAX_RECORDING_MEGABYTES, MAX_RECORDING_MINUTES } = this.config.values;
    return {
      maxBytes: MAX_RECORDING_MEGABYTES * MEGABYTE,
      maxDurationMs: Math.min(options.maxDurationMs, MAX_RECORDING_MINUTES * MINUTE_MS),
      maxOpenUploads: MOST_OPEN_UPLOADS,
      expiresAt: new Date(Date.now() + DAY_MS),
    };
  }

  async begin({ requestId, recordingId, source }: BeginningUpload, by: By): Promise<void> {
    await this.streams.change(recordingRequest, requestId, by, (state) =>
      startRecording(state, requestId, recordingId, source, new Date()),
    );
  }

  async terminated({ recordingId, left }: { recordingId: string; left: number }, by: By): Promise<void> {
    if (left === 0) await this.commands.execute(new DiscardRecording(by.actor.id, recordingId, by));
  }
}
