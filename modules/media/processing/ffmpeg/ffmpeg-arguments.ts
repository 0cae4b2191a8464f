import type { Head } from '../exact-cut.js';
import type { MediaFile } from '../media-file.js';
import type { Trim } from '../media-tools.js';
import { audioFlags, even, fit, flags, h264Flags, inputFlags, outputFlags, trackFlags } from './ffmpeg-flags.js';
import type { Recipe } from './recipe.js';

const PROGRESS = flags('-progress pipe:1 -stats_period 0.2');

export function remuxArguments(input: MediaFile, output: string, recipe: Recipe): string[] {
  const video = recipe.video === 'copy' ? flags('-c:v copy') : [...h264Flags(input), ...lasting(input.durationMs)];
  const tracks = [...trackFlags(input), ...video, ...audioFlags(recipe)];
  return [...PROGRESS, ...inputFlags(input), ...tracks, ...outputFlags(recipe.container, input, output)];
}

/**
 * Exactly the part between two moments, encoded anew. Decoding starts at the key frame before the first moment, and the
 * picture that was on the screen at that moment, maybe for minutes, becomes the first frame. The last one stays to the end:
 * no picture is repeated to fill time, since a file may claim hours between two of them.
 */
export function recutArguments(input: MediaFile, output: string, part: Head): string[] {
  const source = inputFlags(input, ...seekBefore(part));
  const chosen = `select='${fromFirst(part)}*lte(selected_n,max(t,0)*30+1)',setpts='if(N,max(PTS,0),0)'`;
  const tracks = [...trackFlags(input), ...h264Flags(input, chosen), ...lasting(part.endMs - part.startMs)];
  const sound = input.audioCodec ? audioFlags({ audio: 'aac' }) : [];
  return [...PROGRESS, ...source, ...tracks, ...sound, ...lengthOf(part), ...outputFlags('mp4', input, output)];
}

/** The last picture, encoded anew, stays to the end, which ffmpeg forgets. */
function lasting(lengthMs: number): string[] {
  // Milliseconds throughout, in which the filter of packets counts too; without B-frames, which come in another order.
  const clock = flags('-enc_time_base:v 1:1000 -video_track_timescale 1000 -bf 0 -bsf:v');
  const end = seconds(lengthMs);
  return [...clock, `setts=duration=if(eq(NEXT_PTS\\,NOPTS)\\,max(1\\,${end}/TB-PTS)\\,DURATION)`];
}

/** The pictures of a head as WebM, without sound. Real-time settings: it is the few seconds up to the next key frame. */
export function headArguments(input: MediaFile, output: string, head: Head): string[] {
  const filters = [`select='${fromFirst(head)}'`, `setpts='max(PTS,0)'`, fit(even(input.width), even(input.height))];
  const vp8 = input.videoCodec === 'vp8';
  const codec = flags(vp8 ? '-c:v libvpx -b:v 4M' : '-c:v libvpx-vp9 -b:v 0 -row-mt 1');
  const encoder = [...codec, ...flags('-deadline realtime -cpu-used 8 -crf 28 -pix_fmt yuv420p -threads 2')];
  const pictures = [...flags('-map 0:v:0 -an -fps_mode vfr -vf'), filters.join(','), ...encoder];
  const source = inputFlags(input, ...seekBefore(head));
  return [...PROGRESS, ...source, ...pictures, ...lengthOf(head), ...outputFlags('webm', input, output)];
}

/** One frame, or a sheet of them, as JPEG on standard output. Quality: 2 is best, 31 worst. */
export function jpegArguments(
  input: MediaFile,
  filters: readonly string[],
  quality: number,
  ...before: string[]
): string[] {
  // Otherwise ffmpeg drops frames before the moment sought, and decodes on to it.
  const picture = [...flags('-map 0:v:0 -an -fps_mode passthrough -vf'), filters.join(',')];
  const jpeg = flags(`-frames:v 1 -q:v ${quality} -pix_fmt yuvj420p -c:v mjpeg -f image2pipe pipe:1`);
  return [...inputFlags(input, ...before), ...picture, ...jpeg];
}

/** Passes pictures from the first one on, on a clock that is zero at the start. */
function fromFirst({ firstFrameMs, startMs }: Head): string {
  return `gte(t,${((firstFrameMs - startMs) / 1000 - 0.0005).toFixed(4)})`;
}

/** To the key frame at or before the start, with the start as time zero. */
function seekBefore({ startMs }: Trim): string[] {
  return flags(`-noaccurate_seek -ss ${seconds(startMs)}`);
}

function lengthOf({ startMs, endMs }: Trim): string[] {
  return flags(`-t ${seconds(endMs - startMs)}`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
