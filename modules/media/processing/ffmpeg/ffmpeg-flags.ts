import { DEFAULT_LIMITS, type MediaFile } from '../media-file.js';
import type { Recipe } from './recipe.js';

const QUIET = flags('-hide_banner -nostdin -loglevel error -y');
const THREADS = flags('-threads 2');
/** Silence where sound is missing, at the beginning too, so that both tracks start and stay together. */
const SOUND_FROM_ZERO = 'aresample=async=1:first_pts=0';
/** An entry of the index takes 21 bytes in a file of two hours. */
const INDEX_BYTES_PER_KEY_FRAME = 32;
const INDEX_BYTES = 1024;

/** Words without spaces inside, as one would type them. */
export function flags(words: string): string[] {
  return words.split(' ');
}

/**
 * The demuxer is forced by what we found, other protocols are closed, and no frame may exceed our limits. Filters are not
 * set up anew when the picture changes its size, since that would make them forget what went before; `fit` copes.
 */
export function inputFlags({ container, path }: MediaFile, ...before: string[]): string[] {
  const demuxer = container === 'mp4' ? 'mov' : 'matroska';
  const guards = flags(`-protocol_whitelist file,pipe -max_pixels ${DEFAULT_LIMITS.maxPixels}`);
  // A frame that the end of the file cuts off is left out.
  const care = flags('-fflags +discardcorrupt -reinit_filter 0');
  return [...QUIET, ...THREADS, ...guards, ...care, '-f', demuxer, ...before, '-i', `file:${path}`];
}

/** The first picture and the first sound, as the inspection took them. */
export function trackFlags({ audioCodec }: MediaFile): string[] {
  return flags(audioCodec ? '-map 0:v:0 -map 0:a:0' : '-map 0:v:0');
}

/**
 * The index is in front. WebM gets room for it from the start, as otherwise the whole file is moved to make some, which
 * takes as long again; should the room not do, it is moved all the same. Titles, chapters and places stay behind: a phone
 * writes down where it was.
 */
export function outputFlags(container: Recipe['container'], { keyframes }: MediaFile, path: string): string[] {
  const room = INDEX_BYTES + keyframes * INDEX_BYTES_PER_KEY_FRAME;
  const webm = flags(`-f webm -cues_to_front 1 -reserve_index_space ${room}`);
  const format = container === 'mp4' ? flags('-f mp4 -movflags +faststart') : webm;
  return [...flags('-map_metadata -1 -map_chapters -1'), ...format, `file:${path}`];
}

/**
 * Chromium's WebM claims 1000 frames a second. `vfr` keeps ffmpeg from inventing them, and the selection lets pass no
 * more than 30 a second on average, while frames that come in bursts or jitter all stay.
 */
export function h264Flags(input: MediaFile, timing = `select='lte(selected_n,(t-start_t)*30+1)'`): string[] {
  const filters = [timing, fit(even(input.width), even(input.height))];
  const encoder = flags('-c:v libx264 -preset superfast -crf 23 -pix_fmt yuv420p -g 120');
  return ['-vf', filters.join(','), ...flags('-fps_mode vfr'), ...encoder, ...THREADS];
}

export function audioFlags({ audio }: Pick<Recipe, 'audio'>): string[] {
  if (audio === 'copy') return flags('-c:a copy');
  const codec = audio === 'aac' ? 'aac -b:a 96k' : 'libopus -b:a 64k';
  return flags(`-af ${SOUND_FROM_ZERO} -ac 2 -c:a ${codec}`);
}

/** Brings frames of any size, even when it changes in mid-recording, into one. */
export function fit(width: number, height: number): string {
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:eval=frame`;
  return `${scale},pad=${width}:${height}:-1:-1:eval=frame,setsar=1`;
}

export function even(pixels: number): number {
  return Math.max(2, pixels - (pixels % 2));
}
