import type { Cut } from '../review/trim.js';
import type { Bytes } from './track-upload.js';
import type { Track } from './tus.js';

/** Where the local copy lives. `memory` does not survive the page, and people are told so. */
export type StoredIn = 'disk' | 'database' | 'memory';

export interface LocalTrack {
  readonly track: Track;
  readonly mediaType: string;
  /** The server's name for its upload, once there is one. */
  uploadId: string | null;
}

/** What the customer has said so far of a recording they are looking over. `cut` as in review/trim.ts. */
export interface Draft {
  readonly note: string;
  readonly cut: Cut;
  /** How long and how large it is, once that was known: a cut means nothing without it. */
  readonly picture?: { readonly durationMs: number; readonly width: number; readonly height: number } | undefined;
}

/** What a later page must know to go on with a recording that this one left behind. */
export interface LocalRecording {
  readonly id: string;
  readonly requestId: string;
  /** ISO 8601 */
  readonly startedAt: string;
  readonly tracks: LocalTrack[];
  recordingId: string | null;
  /** Absent until the customer has looked it over. */
  draft?: Draft;
}

/** One track's bytes on this computer. What `append` has returned from survives a crash of the tab (except in memory). */
export interface LocalFile extends Bytes {
  append(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Nothing more will be appended. */
  seal(): Promise<void>;
  /** Everything so far, for playing. */
  blob(mediaType: string): Promise<Blob>;
}

export interface LocalStore {
  readonly storedIn: StoredIn;
  /** Remembers a new recording, or what has become known of one. */
  save(recording: LocalRecording): Promise<void>;
  list(): Promise<LocalRecording[]>;
  /** Opens a track for appending; what it holds already stays. */
  open(recording: LocalRecording, track: Track): Promise<LocalFile>;
  remove(recording: LocalRecording): Promise<void>;
}

/** The first of these stores that works in this browser; a private window may refuse all but memory. */
export async function firstThatOpens(stores: readonly (() => Promise<LocalStore>)[]): Promise<LocalStore> {
  for (const open of stores) {
    try {
      return await open();
    } catch {
      // The next one is asked.
    }
  }
  throw new Error('No store works here, not even memory.');
}
