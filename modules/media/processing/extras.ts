import { join } from 'node:path';
import { MediaFailed, MediaRejected } from './media-errors.js';
import type { PlayableFile, SeekableFile, Storyboard } from './media-tools.js';
import type { ProcessingOptions } from './processing-options.js';
import { stepOf } from './progress.js';

/** Extras that did not come about; the recording itself plays. */
export interface MissingExtra {
  readonly extra: 'poster' | 'storyboard' | 'mp4';
  readonly reason: string;
}

export interface MadeExtras {
  readonly poster: boolean;
  readonly storyboard: Omit<Storyboard, 'jpeg'> | null;
  /** The seekable file itself when that is H.264 and AAC already. */
  readonly mp4: PlayableFile | null;
  readonly missing: readonly MissingExtra[];
}

const GRID = { columns: 4, rows: 3 };
/** Where each step ends on the way from 0 to 1. */
const DONE = { poster: 0.6, storyboard: 0.7, mp4: 1 };

/** Makes what is nice to have of a file that already plays: none of it may cost the recording. */
export async function makeExtras(file: SeekableFile, folder: string, options: ProcessingOptions): Promise<MadeExtras> {
  const { tools, outputs } = options;
  const missing: MissingExtra[] = [];
  const attempt = async <Result>(extra: MissingExtra['extra'], make: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof MediaFailed || error instanceof MediaRejected)) throw error;
      if (error instanceof MediaFailed && error.code === 'ENOSPC') throw error; // another time it comes about
      missing.push({ extra, reason: error.message });
      return null;
    }
  };
  const poster = outputs.poster && (await attempt('poster', () => tools.poster(file, silent(options))));
  if (poster) await outputs.poster!(poster);
  options.onProgress?.(DONE.poster);
  const grid = options.grid ?? GRID;
  const board =
    outputs.storyboard && (await attempt('storyboard', () => tools.storyboard(file, grid, silent(options))));
  if (board) await outputs.storyboard!(board);
  options.onProgress?.(DONE.storyboard);
  const mp4 = outputs.mp4 ? await attempt('mp4', () => makeMp4(file, join(folder, 'mp4'), options)) : null;
  if (mp4 && mp4.path !== file.path) await outputs.mp4!(mp4);
  return { poster: Boolean(poster), storyboard: board ? withoutPicture(board) : null, mp4, missing };
}

async function makeMp4(file: SeekableFile, output: string, options: ProcessingOptions): Promise<PlayableFile | null> {
  const isOne = file.container === 'mp4' && file.videoCodec === 'h264' && (file.audioCodec ?? 'aac') === 'aac';
  return isOne ? file : options.tools.transcodeMp4(file, output, stepOf(options, DONE.storyboard, DONE.mp4));
}

function silent({ signal }: ProcessingOptions): { signal: AbortSignal | undefined } {
  return { signal };
}

function withoutPicture({ columns, rows, count, intervalMs }: Storyboard): Omit<Storyboard, 'jpeg'> {
  return { columns, rows, count, intervalMs };
}
