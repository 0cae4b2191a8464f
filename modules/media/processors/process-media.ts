import { Injectable } from '@nestjs/common';
import { isTransient } from '#platform/consumers/transient.js';
import { SubjectErased } from '#platform/key-ring/key-ring.js';
import { JobHandler, type JobContext, type Processor } from '#platform/jobs/job.js';
import { HopelessJob, ImpossibleJob } from '#platform/jobs/job-runner.js';
import { handlersOf, joined, mapped } from '#platform/streams/handlers.js';
import { failureReason } from '#platform/telemetry/failure-reason.js';
import { PROCESSING_FAILED, type OwnedRecording } from '../contract.js';
import { inJob, ownerInJob, type OwnerInJob } from '../domain/before-owner-kinds.js';
import { recording } from '../domain/recording.js';
import type { OwnerEvents, Sent } from '../owners/owner-events.js';
import { MediaFailed, MediaRejected } from '../processing/media-errors.js';
import { processRecording } from '../processing/process-recording.js';
import type { ProcessingOptions, RecordingOutputs } from '../processing/processing-options.js';
import { UploadedMedia } from '../playback/uploaded-media.js';
import { causeOf, type Cause } from '#platform/jobs/caused-by.js';
import { MediaWorkshop } from './media-workshop.js';
import { ProcessingNotes } from './processing-notes.js';

export const PROCESS_MEDIA = 'recording-process-media';
const NOT_YET = 'Preparing this recording has not worked so far. What the customer sent is kept, sealed, until it has.';
/** What failed on a machine that was busy may come about on another day. */
const AGAIN_AFTER_MS = 24 * 3_600_000;

type ProcessMedia = Cause &
  OwnerInJob & {
    readonly recordingId: string;
    readonly trimStartMs: number | null;
    readonly trimEndMs: number | null;
    readonly camera: boolean;
  };

function toProcess({ workspaceId, correlationId, causationId, owner, recordingId, trim, camera }: Sent) {
  return {
    data: {
      ...{ workspaceId, correlationId, causationId, ...inJob(owner), recordingId },
      trimStartMs: trim?.startMs ?? null,
      trimEndMs: trim?.endMs ?? null,
      camera,
    },
  };
}

export function processMedia(owners: readonly OwnerEvents[]): Processor<ProcessMedia> {
  return {
    queue: PROCESS_MEDIA,
    on: joined(
      ...owners.map(({ sent }) => mapped(sent, toProcess)),
      handlersOf(recording, {
        RecordingProcessingRetried: (event) => toProcess({ ...causeOf(event), ...event.data }),
      }),
    ),
  };
}

/** Makes what was sent seekable, then pictures of it. Each result is shown as soon as it is there. */
@Injectable()
export class ProcessMediaHandler extends JobHandler<ProcessMedia> {
  readonly queue = PROCESS_MEDIA;
  /** One workspace's heavy recordings take a third of a worker from all others: with two places it was half. */
  override readonly concurrency = 3;
  override readonly perWorkspace = 1;
  override readonly attempts = 4;

  constructor(
    private readonly uploads: UploadedMedia,
    private readonly workshop: MediaWorkshop,
    private readonly notes: ProcessingNotes,
  ) {
    super();
  }

  override async isWanted({ recordingId }: ProcessMedia): Promise<boolean> {
    return (await this.notes.state(recordingId)).deletion === 'none';
  }

  async run(job: ProcessMedia, context: JobContext): Promise<void> {
    const { deletion, previewed } = await this.notes.state(job.recordingId);
    if (deletion !== 'none' || previewed) return;
    try {
      if (job.camera) await this.camera(job, context);
      await this.screen(job, context);
    } catch (error) {
      if (error instanceof SubjectErased) return; // deleted meanwhile
      const isFinal = error instanceof MediaRejected || (context.lastAttempt && !isTransient(error));
      if (context.signal.aborted || !isFinal) throw error;
      await this.end(job, error, error instanceof MediaRejected ? null : AGAIN_AFTER_MS);
      const reason = failureReason(error);
      throw error instanceof MediaRejected ? new ImpossibleJob(reason) : new HopelessJob(reason);
    } finally {
      await this.notes.done(job.recordingId);
    }
  }

  override async gaveUp(job: ProcessMedia): Promise<void> {
    await this.end(job, null, null); // what brings down every worker is not begun again by the same ones
    await this.notes.done(job.recordingId);
  }

  private async screen(job: ProcessMedia, context: JobContext): Promise<void> {
    const { recordingId } = job;
    const arrived = await this.uploads.track(recordingId, 'screen');
    if (!arrived) throw new MediaRejected('EMPTY_FILE', 'Nothing arrived of this recording.');
    const onProgress = (fraction: number) => this.notes.progress(recordingId, fraction);
    const options = { ...(await this.options(job, context)), onProgress, outputs: this.outputs(job) };
    const source = await arrived.read({ start: 0, end: arrived.size - 1 });
    const { storyboard } = await processRecording(source, this.workshop.folder, options);
    const poster = await this.workshop.hasPoster(recordingId);
    await this.notes.note(job, { type: 'RecordingPreviewed', data: { ...ofJob(job), poster, storyboard } });
  }

  /**
   * The camera beside the screen is cut like it; it is small, and a recording without it is still one. What arrived of a
   * camera that could not be prepared stays sealed.
   */
  private async camera(job: ProcessMedia, context: JobContext): Promise<void> {
    const arrived = await this.uploads.track(job.recordingId, 'camera');
    if (!arrived) return;
    const outputs: RecordingOutputs = {
      seekable: ({ path }) => this.workshop.keepFile(job.recordingId, 'camera', path),
    };
    const source = await arrived.read({ start: 0, end: arrived.size - 1 });
    await processRecording(source, this.workshop.folder, { ...(await this.options(job, context)), outputs }).catch(
      (error: unknown) => {
        const isItsOwn =
          error instanceof MediaRejected ||
          (error instanceof MediaFailed && context.lastAttempt && !isTransient(error));
        if (!isItsOwn) throw error;
      },
    );
  }

  private outputs(job: ProcessMedia): RecordingOutputs {
    const { recordingId } = job;
    return {
      seekable: async ({ path, mediaType, durationMs, width, height, bytes, tool }) => {
        await this.workshop.keepFile(recordingId, 'seekable', path);
        const file = { mediaType, durationMs: Math.round(durationMs), width, height, bytes, tool };
        await this.notes.note(job, { type: 'RecordingMadeSeekable', data: { ...ofJob(job), ...file } });
      },
      poster: (jpeg) => this.workshop.keepPicture(recordingId, 'poster', jpeg),
      storyboard: ({ jpeg }) => this.workshop.keepPicture(recordingId, 'storyboard', jpeg),
    };
  }

  private async options(
    { trimStartMs, trimEndMs }: ProcessMedia,
    { signal }: JobContext,
  ): Promise<Omit<ProcessingOptions, 'outputs'>> {
    const trim = trimStartMs === null || trimEndMs === null ? null : { startMs: trimStartMs, endMs: trimEndMs };
    return { tools: await this.workshop.tools(), limits: this.workshop.limits, trim, signal };
  }

  /**
   * An end the agent sees. A fault of the file is told in its own words; what plays already goes without pictures. A
   * failure of ours is none: what was sent is kept, and tried again, by a mended version at the latest.
   */
  private async end(job: ProcessMedia, error: unknown, againAfterMs: number | null): Promise<void> {
    const ids = ofJob(job);
    if ((await this.notes.state(job.recordingId)).seekable) {
      const poster = await this.workshop.hasPoster(job.recordingId);
      return this.notes.note(job, { type: 'RecordingPreviewed', data: { ...ids, poster, storyboard: null } });
    }
    const { code, sentence } = error instanceof MediaRejected ? error : { code: PROCESSING_FAILED, sentence: NOT_YET };
    const againAt = againAfterMs === null ? null : new Date(Date.now() + againAfterMs).toISOString();
    const tried = { by: await this.workshop.name(), againAt };
    await this.notes.note(job, { type: 'RecordingProcessingFailed', data: { ...ids, code, sentence, tried } });
  }
}

function ofJob(job: ProcessMedia): OwnedRecording {
  return { recordingId: job.recordingId, owner: ownerInJob(job) };
}
