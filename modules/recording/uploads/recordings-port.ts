import type { By } from '#kernel/event.js';
import type { Source, Track } from './upload.js';

/** What a request's customer may upload. Kept with the upload when it begins, so later changes do not reach it. */
export interface UploadTerms {
  /** Most bytes of one upload. */
  readonly maxBytes: number;
  readonly maxDurationMs: number;
  /** Most uploads of one request that may take appends at the same time. */
  readonly maxOpenUploads: number;
  /** When an upload that begins now stops taking appends. */
  readonly expiresAt: Date;
}

/** An upload that is about to begin. `recordingId` is new unless `joins`, and then it is this request's. */
export interface BeginningUpload {
  readonly uploadId: string;
  readonly recordingId: string;
  readonly requestId: string;
  /** Which of the request's links let the customer in. */
  readonly link: number;
  readonly track: Track;
  readonly source: Source;
  readonly mediaType: string;
  /** Whether the recording has an upload already (the camera beside the screen). */
  readonly joins: boolean;
}

/** What uploads need from the recording domain. The recording context implements it with its streams. */
export abstract class UploadedRecordings {
  /** @throws Refusal when this request takes no (more) recordings: used, cancelled, expired, not consented to */
  abstract termsOf(requestId: string): Promise<UploadTerms>;
  /**
   * The upload's row exists; the client learns of it when this resolves, and it is taken back when this refuses. May
   * be called again for the same upload: that is a retry.
   * @throws Refusal
   */
  abstract begin(upload: BeginningUpload, by: By): Promise<void>;
  /** The client deleted an upload; `left` others of its recording are still there. */
  abstract terminated(upload: { uploadId: string; recordingId: string; left: number }, by: By): Promise<void>;
}
