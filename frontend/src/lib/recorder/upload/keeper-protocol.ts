import type { Unheard } from '../link/ours.js';
import type { SentUpload } from './kept-track.js';
import type { Draft, StoredIn } from './local-store.js';
import type { Closed, Track } from './tus.js';

/** What the page and the worker that keeps recordings say to each other. */

/** How the recording is doing, for the sign that says so. Sizes are bytes over all tracks. */
export interface Keeping {
  readonly storedIn: StoredIn;
  readonly bytes: number;
  readonly acknowledged: number;
  /** Why the server is not heard at the moment. */
  readonly unheard: Unheard | null;
  /** The server has no room for it at the moment, and is asked again. */
  readonly noRoom: boolean;
  /** Why the recording's upload takes no more. */
  readonly closed: Closed | null;
  /** The camera's upload takes no more, or never began: the screen goes on without it. */
  readonly withoutCamera: boolean;
  /** The local disk took no more. What it has is safe. */
  readonly full: boolean;
  readonly recordingId: string | null;
}

/** A recording on this computer that an earlier page left. */
export interface Unfinished {
  readonly id: string;
  /** ISO 8601 */
  readonly startedAt: string;
  readonly bytes: number;
  readonly recordingId: string | null;
  readonly draft?: Draft;
}

/** An upload that the server still takes. */
export interface OpenUpload {
  readonly recordingId: string;
  readonly uploadId: string;
  readonly track: Track;
}

export interface KeptMedia {
  readonly track: Track;
  readonly media: Blob;
}

/** What the page may ask of the worker. Every question gets an answer. */
export interface KeeperCalls {
  begin(ask: {
    requestId: string;
    startedAt: string;
    tracks: { track: Track; mediaType: string }[];
    token: string;
  }): Promise<void>;
  append(ask: { track: Track; chunk: Blob }): Promise<void>;
  /** Resolves once everything appended before is on this computer. */
  finish(): Promise<void>;
  /** Remembers it with the local copy. */
  keepDraft(ask: Draft): Promise<void>;
  media(): Promise<KeptMedia[]>;
  unfinished(ask: { requestId: string }): Promise<Unfinished[]>;
  /** Whether anything of a request is in the local store, also what a living page is working on. */
  holdsAny(ask: { requestId: string }): Promise<boolean>;
  recover(ask: { id: string; open: readonly OpenUpload[]; token: string }): Promise<void>;
  uploadFile(ask: { file: File; mediaType: string; token: string }): Promise<void>;
  /** Resolves once every byte is at the server, or no more are taken; null when nothing arrived at all. */
  settled(): Promise<readonly SentUpload[] | null>;
  /** Begins the upload again from the local copy: the server holds something else. */
  uploadAgain(): Promise<void>;
  /** Answers every `token_wanted`; null when there is none to be had now. */
  renewed(ask: { token: string | null }): Promise<void>;
  /** The network may be back: what waits to try again need not wait longer. */
  retryNow(): Promise<void>;
  /** Removes the local copy and stops uploading. */
  forget(): Promise<void>;
  /** Removes what earlier pages left here for a request: all of it, or one recording. */
  forgetLeft(ask: { requestId: string; id?: string }): Promise<void>;
}

export type CallName = keyof KeeperCalls;
export type Call = { readonly number: number; readonly name: CallName; readonly ask: unknown };
export type FromKeeper =
  | { readonly type: 'answer'; readonly number: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly number: number; readonly message: string }
  | { readonly type: 'keeping'; readonly keeping: Keeping }
  | { readonly type: 'token_wanted' };
