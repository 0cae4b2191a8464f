import { rm } from 'node:fs/promises';
import type { MediaFile } from '../media-file.js';
import type { Storyboard, WorkOptions } from '../media-tools.js';
import { pickKeyFrames } from '../mediabunny/key-frames.js';
import { jpegArguments } from './ffmpeg-arguments.js';
import { even, fit } from './ffmpeg-flags.js';
import type { Ffmpeg } from './ffmpeg.js';

/** Longer side of one tile in pixels. */
const TILE = 240;
const QUALITY = 5;

export interface StoryboardWork {
  readonly ffmpeg: Ffmpeg;
  readonly inspect: (path: string) => Promise<MediaFile>;
  readonly options: WorkOptions;
}

/**
 * One sheet of small pictures, evenly spread. With a key frame for every tile only those are decoded, whatever the length;
 * a short recording with few of them is decoded through.
 */
export async function drawStoryboard(
  input: MediaFile,
  grid: { readonly columns: number; readonly rows: number },
  work: StoryboardWork,
): Promise<Storyboard> {
  const count = grid.columns * grid.rows;
  const intervalMs = Math.max(1, Math.round(input.durationMs / count));
  const sheet = [fit(...tileSize(input)), `tile=${grid.columns}x${grid.rows}`];
  const draw = input.keyframes >= count ? fromKeyFrames : fromEveryFrame;
  const jpeg = await draw(input, intervalMs, count, sheet, work);
  return { jpeg, ...grid, count, intervalMs };
}

async function fromKeyFrames(
  input: MediaFile,
  intervalMs: number,
  count: number,
  sheet: readonly string[],
  { ffmpeg, inspect, options }: StoryboardWork,
): Promise<Buffer> {
  const path = `${input.path}.keys`;
  try {
    await pickKeyFrames(
      input,
      path,
      Array.from({ length: count }, (_, tile) => (tile + 0.5) * intervalMs),
    );
    const keys = await inspect(path);
    const args = jpegArguments(keys, sheet, QUALITY);
    return await ffmpeg.jpeg({ step: 'storyboard', args, input: keys, effort: 'decode' }, options);
  } finally {
    await rm(path, { force: true });
  }
}

/** Each tile shows the middle of its time; should the frames end early, the last one is repeated. */
function fromEveryFrame(
  input: MediaFile,
  intervalMs: number,
  _count: number,
  sheet: readonly string[],
  { ffmpeg, options }: StoryboardWork,
): Promise<Buffer> {
  const timing = [
    `setpts=PTS-${intervalMs / 2000}/TB`,
    `fps=1000/${intervalMs}:start_time=0:round=up`,
    'tpad=stop=-1:stop_mode=clone',
  ];
  const args = jpegArguments(input, [...timing, ...sheet], QUALITY);
  return ffmpeg.jpeg({ step: 'storyboard', args, input, effort: 'decode' }, options);
}

function tileSize({ width, height }: MediaFile): [number, number] {
  const shrink = TILE / Math.max(width, height);
  return [even(Math.round(width * shrink)), even(Math.round(height * shrink))];
}
