import { rm } from 'node:fs/promises';
import { inspectMedia, type KnownCodecs } from './inspect/inspect-media.js';
import { MediaFailed, MediaRejected, reject } from './media-errors.js';
import { closeStills } from './mediabunny/close-stills.js';
import { stepOf } from './progress.js';
import { closedMs, type Still } from './stillness.js';
import { DEFAULT_LIMITS, type MediaFile, type MediaLimits } from './media-file.js';
import { assertWhole } from './whole-result.js';

export type ToolName = 'ffmpeg' | 'mediabunny';

/** A part of a recording, in milliseconds of its own time; the end is not part of it. */
export interface Trim {
  readonly startMs: number;
  readonly endMs: number;
}

export interface WorkOptions {
  /** Aborting ends the work at once, whatever is running. */
  readonly signal?: AbortSignal | undefined;
  /** 0 … 1, rising. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export interface SeekableOptions extends WorkOptions {
  /** What to keep, by the input's own clock. Nothing outside of it remains in the file. */
  readonly trim?: Trim | null | undefined;
}

/** A file every current browser plays and seeks in. */
export interface PlayableFile extends MediaFile {
  readonly mediaType: 'video/webm' | 'video/mp4';
  readonly tool: ToolName;
}

export interface SeekableFile extends PlayableFile {
  /** In the input's time, its stillnesses closed up: the trim, within its bounds. */
  readonly kept: Trim;
}

/** One JPEG with `columns` × `rows` tiles, row by row; tile n shows the moment n × intervalMs. */
export interface Storyboard {
  readonly jpeg: Buffer;
  readonly columns: number;
  readonly rows: number;
  /** Tiles that carry a picture. */
  readonly count: number;
  readonly intervalMs: number;
}

/** Where the file whose clock is steady is done, on the way from 0 to 1. */
const STEADY = 0.2;
/** The same of the file that hides nothing any more. */
const SHOWN = 0.7;

/**
 * What processing needs done to files. They are framework-free, keep no state, and write nothing but the given output
 * and what they put beside it for a moment, so the output belongs in a private folder.
 * Errors: {@link MediaRejected} when the file is at fault, `MediaFailed` when the tool is; aborting throws the signal's reason.
 */
export abstract class MediaTools {
  abstract readonly name: ToolName;
  abstract readonly version: string;
  protected abstract readonly codecs: KnownCodecs;

  /**
   * Finds out what a file is and whether it may be worked on. The others accept nothing that did not pass here.
   * @throws MediaRejected
   */
  inspect(path: string, limits: Partial<MediaLimits> = {}): Promise<MediaFile> {
    return inspectMedia(path, { ...DEFAULT_LIMITS, ...limits }, this.codecs);
  }

  /**
   * Opens what was just made of all of `input`, and holds the two against each other. If it has no picture, then because
   * none was left to read.
   * @throws MediaFailed when something of the input is not there
   */
  protected async inspectResult(path: string, input: MediaFile, copied = { pictures: true }): Promise<MediaFile> {
    const result = await this.inspect(path).catch((error: unknown) => {
      if (!(error instanceof MediaRejected)) throw error;
      if (input.truncated) reject('TRUNCATED', 'This recording broke off before the first picture arrived.');
      throw new MediaFailed('result', error.message);
    });
    assertWhole(result, input, copied);
    return result;
  }

  /** Copies (and cuts) into a WebM or MP4 file that browsers can seek in, with no stillness longer than a few seconds. */
  async makeSeekable(input: MediaFile, output: string, options: SeekableOptions = {}): Promise<SeekableFile> {
    if (input.hides) return this.seekableOfShown(input, output, options);
    if (!input.jumps) return this.seekable(input, output, options);
    const steady = `${output}.steady`;
    try {
      const stills = await closeStills(input, steady, stepOf(options, 0, STEADY));
      const trim = options.trim && closedTrim(stills, options.trim);
      const work = { ...stepOf(options, STEADY, 1), trim };
      return await this.seekable(await this.inspectResult(steady, input), output, work);
    } finally {
      await rm(steady, { force: true });
    }
  }

  /** What its sender cut off, with a phone for instance, is in no file that anybody else gets. */
  private async seekableOfShown(input: MediaFile, output: string, options: SeekableOptions): Promise<SeekableFile> {
    const path = `${output}.shown`;
    try {
      const all = { startMs: 0, endMs: input.durationMs };
      const shown = await this.shown(input, path, { ...stepOf(options, 0, SHOWN), trim: all });
      return await this.makeSeekable(shown, output, { ...stepOf(options, SHOWN, 1), trim: options.trim });
    } finally {
      await rm(path, { force: true });
    }
  }

  /** What players show of a file that hides parts, encoded anew as far as it takes, without them. @throws MediaFailed */
  protected abstract shown(
    input: MediaFile,
    output: string,
    options: WorkOptions & { readonly trim: Trim },
  ): Promise<MediaFile>;
  /** The same for a file whose clock does not jump. */
  protected abstract seekable(input: MediaFile, output: string, options: SeekableOptions): Promise<SeekableFile>;
  /** A JPEG from near the beginning, at most 1280 pixels wide; null when the tool cannot decode. */
  abstract poster(input: MediaFile, options?: WorkOptions): Promise<Buffer | null>;
  /** Null when the tool cannot decode. */
  abstract storyboard(
    input: MediaFile,
    grid: { readonly columns: number; readonly rows: number },
    options?: WorkOptions,
  ): Promise<Storyboard | null>;
  /** H.264 and AAC with the index in front, for players outside the browser; null when that needs an encoder the tool lacks. */
  abstract transcodeMp4(input: MediaFile, output: string, options?: WorkOptions): Promise<PlayableFile | null>;
}

/** The work itself, wherever it is done. */
export interface MediaWork extends Pick<MediaTools, Exclude<keyof MediaTools, 'inspect'>> {
  /** As `MediaTools` has it; aborting ends it where it would keep nobody waiting anyway. */
  inspect(path: string, limits?: Partial<MediaLimits>, options?: WorkOptions): Promise<MediaFile>;
}

function closedTrim(stills: readonly Still[], { startMs, endMs }: Trim): Trim {
  return { startMs: closedMs(stills, startMs), endMs: closedMs(stills, endMs) };
}
