import type { MediaLimits } from './media-file.js';
import type { MediaWork, PlayableFile, SeekableFile, Storyboard, Trim, WorkOptions } from './media-tools.js';

/**
 * Takes each result as soon as it is there, in this order. Files are gone when the call after has returned, so whoever
 * wants one stores it before resolving. Throwing ends the processing.
 */
export interface RecordingOutputs {
  seekable(file: SeekableFile): Promise<void>;
  poster?(jpeg: Buffer): Promise<void>;
  storyboard?(storyboard: Storyboard): Promise<void>;
  /** Without it no MP4 is made. Not called when the seekable file is one already. */
  mp4?(file: PlayableFile): Promise<void>;
}

export interface ProcessingOptions extends WorkOptions {
  readonly tools: MediaWork;
  readonly outputs: RecordingOutputs;
  readonly trim?: Trim | null | undefined;
  readonly limits?: Partial<MediaLimits> | undefined;
  readonly grid?: { readonly columns: number; readonly rows: number } | undefined;
}
