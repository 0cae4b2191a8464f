import type { By, DomainEvent } from '#kernel/event.js';
import type { PublishedEvents } from '#kernel/published.js';
import type { RemovedByStore } from '#kernel/removed.js';

/** What an upload carries of its recording: the screen with its sound, or the camera beside it. */
export type Track = 'screen' | 'camera';
/** Recorded live in the browser, or a finished file (a phone's own recording, an integrator's). */
export type Source = 'capture' | 'file';

/** What a recording belongs to: a `recording_request`, or whatever another context calls its own. Ids are unique among all kinds. */
export interface MediaOwner {
  readonly kind: string;
  readonly id: string;
}

/** Somebody who may upload for an owner. */
export interface Uploader {
  readonly owner: MediaOwner;
  readonly workspaceId: string;
  /** By which of the owner's ways they came in, as the owner counts these. */
  readonly entry: number;
}

/** What may be uploaded for an owner. Kept with the upload when it begins, so later changes do not reach it. */
export interface UploadTerms {
  /** Most bytes of one upload. */
  readonly maxBytes: number;
  readonly maxDurationMs: number;
  /** Most uploads of one owner that may take appends at the same time. */
  readonly maxOpenUploads: number;
  /** Most bytes of those together. One whose length is unknown when it begins gets half of what the others leave. */
  readonly maxOpenBytes: number;
  /** When an upload that begins now stops taking appends. */
  readonly expiresAt: Date;
}

/** An upload that is about to begin. `recordingId` is new unless `joins`, and then it is this owner's. */
export interface BeginningUpload {
  readonly uploadId: string;
  readonly recordingId: string;
  readonly owner: MediaOwner;
  readonly entry: number;
  readonly track: Track;
  readonly source: Source;
  readonly mediaType: string;
  /** Whether the recording has an upload already (the camera beside the screen). */
  readonly joins: boolean;
}

/** A recording that was neither sent, kept nor discarded, and that nobody has fed for a while. */
export interface AbandonedRecording {
  readonly recordingId: string;
  readonly owner: MediaOwner;
  readonly workspaceId: string;
  /** Acknowledged bytes of all its uploads; there is nothing to keep when it is 0. */
  readonly bytes: number;
  /** Whether each upload has all that was declared of it: half a file is no recording. */
  readonly whole: boolean;
  /** Whether it has waited for its customer for {@link UNSENT_KEPT_DAYS}. */
  readonly forgotten: boolean;
}

/** What becomes of a recording whose customer is gone: an end, or it goes on waiting for them. */
export type Settled = 'settled' | 'waiting';

/** How long what was not sent waits for its customer. The recorder keeps its own copy as long. */
export const UNSENT_KEPT_DAYS = 7;

/** A recording, and what it belongs to. */
export interface OwnedRecording {
  readonly recordingId: string;
  readonly owner: MediaOwner;
}

/** What a player may be given of a recording now. */
export interface Watchable {
  readonly owner: MediaOwner;
  readonly status: 'received' | 'processing' | 'ready' | 'failed' | 'deleting';
  readonly mediaType: string;
  readonly camera: boolean;
  readonly hasMp4: boolean;
  /** Whether what arrived may be shown as it is. */
  readonly chunksPlayable: boolean;
}

/** An upload that its client took back; `left` others of its recording are still there. */
export interface TerminatedUpload {
  readonly uploadId: string;
  readonly recordingId: string;
  readonly owner: MediaOwner;
  readonly left: number;
}

/** What media need of each context that recordings belong to; one for each kind of owner. */
export abstract class UploadHost {
  /** Of the owners that it answers for. */
  abstract readonly kind: string;
  /** Whom a caller may upload for; null when they are none of this context's. */
  abstract uploaderOf(caller: object): Uploader | null;
  /**
   * @param joins whether it is for a recording of this owner that has an upload already: what has begun may end
   * @throws Refusal when this owner takes no (more) recordings: used, cancelled, expired, not consented to
   */
  abstract termsOf(ownerId: string, joins: boolean): Promise<UploadTerms>;
  /**
   * The upload's row exists; the client learns of it when this resolves, and it is taken back when this refuses. May
   * be called again for the same upload: that is a retry.
   * @throws Refusal
   */
  abstract begin(upload: BeginningUpload, by: By): Promise<void>;
  abstract terminated(upload: TerminatedUpload, by: By): Promise<void>;
  /**
   * The customer is gone. One that goes on waiting is asked about again when they have been back and left once more, and
   * when it is forgotten; any other until it is settled.
   */
  abstract abandoned(recording: AbandonedRecording, by: By): Promise<Settled>;
  /** The customer of a recording that waits gave a sign of life. */
  abstract returned(recording: OwnedRecording, by: By): Promise<void>;
}

/** Who may see what of a recording is for the context that it belongs to. */
export abstract class WatchableRecordings {
  /** Null when this workspace has no such recording, or it was not sent. */
  abstract find(workspaceId: string, recordingId: string): Promise<Watchable | null>;
}

/** What the client says the whole of its upload is. Only the first two can be checked here. */
export interface UploadClaim {
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

/** One track as it stands. Sizes and offsets are bytes of plaintext. */
export interface ArrivedUpload {
  readonly id: string;
  readonly recordingId: string;
  readonly track: Track;
  readonly source: Source;
  readonly mediaType: string;
  /** The final length, once the client has said it. */
  readonly declaredLength: number | null;
  /** How much is acknowledged, and therefore safe. */
  readonly offset: number;
  readonly lastAppendAt: Date;
  readonly durationMs: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** The uploads of recordings, for the context that these belong to. All of it may be repeated. */
export abstract class Uploads {
  /** Those of an owner that were not discarded, oldest first. */
  abstract of(owner: MediaOwner): Promise<readonly ArrivedUpload[]>;
  /** Closes one whose length and digest agree with the claim. @throws Refusal when they do not, or it was discarded */
  abstract complete(uploadId: string, owner: MediaOwner, claim: UploadClaim): Promise<ArrivedUpload>;
  /** Nothing can be added to the recording from now on. @returns what arrived and was not discarded */
  abstract close(recordingId: string): Promise<readonly ArrivedUpload[]>;
  /** The owner's stream says what became of the recording: it needs no more care. */
  abstract settle(recordingId: string): Promise<void>;
  /** A sign of life. @returns false when there is no such recording of this owner that still waits for its end */
  abstract stay(recordingId: string, owner: MediaOwner): Promise<boolean>;
}

/** Bytes. Less is not worth beginning with, and what has begun may always have as much to end. */
export const LEAST_ROOM = 20_000_000;

/** How much more there is room for; to be asked before somebody records. */
export abstract class StorageRoom {
  /** Bytes: of the workspace's share, if it has one, and of the disk, if recordings lie on one. */
  abstract left(workspaceId: string): Promise<number>;

  /** Bytes for what is under way, which is never refused altogether. */
  async leftToEnd(workspaceId: string): Promise<number> {
    return Math.floor(Math.max(await this.left(workspaceId), LEAST_ROOM));
  }
}

/** What a command on a recording's media left, as far as whoever waits for it needs it. */
export interface MediaChanged {
  readonly version: number;
  /** For `?after=`; null where there is no stream. */
  readonly after: string | null;
}

/** What the customer wants kept, in milliseconds, and whether there is a camera beside the screen. */
export interface Cut {
  readonly trim: { readonly startMs: number; readonly endMs: number } | null;
  readonly camera: boolean;
}

/** The life of a recording's media after Send, for the context that they belong to. */
export abstract class Media {
  /**
   * Hides them at once; the worker then destroys their key and every byte, and notes the proof.
   * @param expected the version the caller saw
   * @throws Refusal when they must be kept, or `STALE_VERSION`
   */
  abstract requestDeletion(recording: OwnedRecording, by: By, expected?: number): Promise<MediaChanged>;
  /** Has the worker prepare them once more. @throws Refusal `RETRY_USELESS`, `STALE_VERSION` */
  abstract retryProcessing(recording: OwnedRecording, cut: Cut, by: By, expected?: number): Promise<MediaChanged>;
  /** @throws Refusal when the recording must be kept; to be asked before it is said to be gone */
  abstract assertErasable(recording: OwnedRecording): Promise<void>;
  /**
   * Erases what was never sent, and notes what was destroyed. May be repeated, also at the same time.
   * @throws Refusal when it must be kept
   */
  abstract eraseUnsent(recording: OwnedRecording, by: By): Promise<void>;
  /** Whether somebody has had it deleted, or its time was up: what is left of it goes. */
  abstract isDeleted(recordingId: string): Promise<boolean>;
  /** Erases what was deleted, in case the job that should have done it was lost or gave up. */
  abstract repeatErasure(recording: OwnedRecording, by: By): Promise<void>;
  /** Keeps the browser's picture until the worker has a better one. @throws Refusal when it has, or when it is none */
  abstract keepPoster(recordingId: string, jpeg: Buffer): Promise<void>;
  /** @throws Refusal `ALREADY_RECEIVED` when the recording has its pictures already */
  abstract refuseUnlessPosterWanted(recordingId: string): Promise<void>;
}

/** A failure in our own work: the machine had no room or no time, say, or what was made was not what was asked for. */
export const PROCESSING_FAILED = 'PROCESSING_FAILED';

/** What is in the file, or is not, whoever works on it. Everything else is our work, our limits or our tools. */
const FAULTS_OF_THE_FILE: readonly string[] = [
  'EMPTY_FILE',
  'NOT_A_VIDEO',
  'NO_VIDEO_TRACK',
  'TRUNCATED',
  'ENCRYPTED',
  'UNSAFE_FILE',
];
/** Said of whole files, too, when earlier versions had cut all pictures away themselves. */
const BLAMED_ON_CUT_FILES = 'TRUNCATED';

/** Whether another try, by a mended or better equipped version, may end otherwise. */
export function mayEndOtherwise(failure: string, trimmed: boolean): boolean {
  return !FAULTS_OF_THE_FILE.includes(failure) || (failure === BLAMED_ON_CUT_FILES && trimmed);
}

/** A sheet of small pictures: tile n shows the moment n × `intervalMs`. */
export interface Storyboard {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly intervalMs: number;
}

export interface SeekableFile {
  readonly mediaType: string;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly tool: 'ffmpeg' | 'mediabunny';
}

/** What there was to be watched: the bytes as they arrived, or the file that was made of them to seek in. */
export type WatchedCopy = 'arrived' | 'seekable';
/** What there was to be taken away. */
export type DownloadedCopy = WatchedCopy | 'mp4';

/** Somebody was handed bytes of a recording, for as long as one sitting takes. Who it was stands in the metadata. */
interface HandedOut {
  readonly viewingId: string;
  readonly recordingId: string;
  readonly owner: MediaOwner;
}

/** What media tell the other contexts of a recording, in the order of its life after Send. */
export type MediaPublished =
  | DomainEvent<'media.made_seekable.v1', OwnedRecording & SeekableFile>
  | DomainEvent<
      'media.previewed.v1',
      OwnedRecording & { readonly poster: boolean; readonly storyboard: Storyboard | null }
    >
  | DomainEvent<'media.copied_to_mp4.v1', OwnedRecording & { readonly bytes: number }>
  | DomainEvent<'media.processing_failed.v1', OwnedRecording & { readonly code: string; readonly sentence: string }>
  | DomainEvent<'media.processing_retried.v1', OwnedRecording>
  /** Once for each sitting, however often the player asks for a part. */
  | DomainEvent<'media.viewed.v1', HandedOut & { readonly copy: WatchedCopy; readonly camera: boolean }>
  | DomainEvent<'media.downloaded.v1', HandedOut & { readonly copy: DownloadedCopy }>
  /** Nobody sees it any more; what is left of it goes. */
  | DomainEvent<'media.deletion_requested.v1', OwnedRecording>
  | DomainEvent<
      'media.erased.v1',
      OwnedRecording & { readonly removed: RemovedByStore; readonly keyFingerprints: readonly string[] }
    >;

export const mediaPublished: PublishedEvents<MediaPublished> = { context: 'media' };
