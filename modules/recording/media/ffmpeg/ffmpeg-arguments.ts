import { DEFAULT_LIMITS, type MediaFile } from '../media-file.js';

/** How a file becomes one that browsers play: what is copied stays as it was recorded, bit by bit. */
export interface Recipe {
  readonly container: 'webm' | 'mp4';
  readonly video: 'copy' | 'h264';
  readonly audio: 'copy' | 'aac' | 'opus';
}

const IN_WEBM: ReadonlySet<string> = new Set(['vp8', 'vp9', 'av1']);

/** WebM where its codecs allow it, as nothing then needs encoding; MP4 for H.264; HEVC plays in too few browsers to be kept. */
export function playableRecipe({ container, videoCodec, audioCodec }: MediaFile): Recipe {
  const webm = videoCodec === 'vp8' || (IN_WEBM.has(videoCodec) && container !== 'mp4');
  if (webm) return { container: 'webm', video: 'copy', audio: keeps(audioCodec, 'opus', 'vorbis') ? 'copy' : 'opus' };
  // Opus in MP4 is fine beside VP9, but H.264 is chosen for players that know AAC only.
  const audio = keeps(audioCodec, 'aac', videoCodec === 'h264' ? 'aac' : 'opus') ? 'copy' : 'aac';
  return { container: 'mp4', video: videoCodec === 'hevc' ? 'h264' : 'copy', audio };
}

function keeps(codec: string | null, ...copied: string[]): boolean {
  return codec === null || copied.includes(codec);
}

export const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'];
const PROGRESS = ['-progress', 'pipe:1', '-stats_period', '0.2'];
/** Titles, chapters, places: a phone writes down where it was. */
const NO_METADATA = ['-map_metadata', '-1', '-map_chapters', '-1'];
const THREADS = ['-threads', '2'];
/** Silence where sound is missing, at the beginning too, so that both tracks start and stay together. */
const SOUND_FROM_ZERO = 'aresample=async=1:first_pts=0';

/**
 * The demuxer is forced by what we found, other protocols are closed, and no frame may exceed our limits. Filters are not
 * set up anew when the picture changes its size, since that would make them forget what went before; `fit` copes.
 */
export function inputArguments({ container, path }: MediaFile, ...before: string[]): string[] {
  const demuxer = container === 'mp4' ? 'mov' : 'matroska';
  const guards = ['-protocol_whitelist', 'file,pipe', '-max_pixels', String(DEFAULT_LIMITS.maxPixels)];
  return [...THREADS, ...guards, '-reinit_filter', '0', '-f', demuxer, ...before, '-i', `file:${path}`];
}

/** Into the recipe's container with the index in front. */
export function remuxArguments(input: MediaFile, output: string, recipe: Recipe): string[] {
  const video = recipe.video === 'copy' ? ['-c:v', 'copy'] : encodeH264(input);
  return [
    ...[...QUIET, ...PROGRESS, ...inputArguments(input), ...mapped(input), ...video, ...audioArguments(recipe)],
    ...[...NO_METADATA, ...containerArguments(recipe.container), `file:${output}`],
  ];
}

/**
 * Exactly the part between two moments, encoded anew. Decoding starts at the key frame before the first moment, and the
 * picture that was on the screen at that moment, maybe for minutes, becomes the first frame.
 */
export function recutArguments(input: MediaFile, output: string, trim: { startMs: number; endMs: number }): string[] {
  const seek = ['-noaccurate_seek', '-ss', seconds(trim.startMs)];
  const sound = ['-af', SOUND_FROM_ZERO, '-c:a', 'aac', '-b:a', '96k', '-ac', '2'];
  return [
    ...[...QUIET, ...PROGRESS, ...inputArguments(input, ...seek), ...mapped(input)],
    ...encodeH264(input, ['fps=30:start_time=0:round=up']),
    ...[...(input.audioCodec ? sound : []), '-t', seconds(trim.endMs - trim.startMs)],
    ...[...NO_METADATA, ...containerArguments('mp4'), `file:${output}`],
  ];
}

/**
 * The pictures between two moments as WebM, without sound. `firstFrameMs` is when the picture that is on the screen at
 * the first moment appeared. Real-time settings: it is at most the few seconds up to the next key frame.
 */
export function headArguments(
  input: MediaFile,
  output: string,
  cut: { firstFrameMs: number; startMs: number; endMs: number },
): string[] {
  const seek = ['-noaccurate_seek', '-ss', seconds(cut.startMs)];
  const from = ((cut.firstFrameMs - cut.startMs) / 1000 - 0.0005).toFixed(4);
  const filters = [`select='gte(t,${from})'`, `setpts='max(PTS,0)'`, fit(even(input.width), even(input.height))];
  const encoder = input.videoCodec === 'vp8' ? 'libvpx' : 'libvpx-vp9';
  const speed = ['-deadline', 'realtime', '-cpu-used', '8', '-crf', '28', '-pix_fmt', 'yuv420p', ...THREADS];
  const rate = encoder === 'libvpx' ? ['-b:v', '4M'] : ['-b:v', '0', '-row-mt', '1'];
  return [
    ...[...QUIET, ...PROGRESS, ...inputArguments(input, ...seek), '-map', '0:v:0', '-an'],
    ...['-vf', filters.join(','), '-fps_mode', 'vfr', '-t', seconds(cut.endMs - cut.startMs)],
    ...['-c:v', encoder, ...speed, ...rate, ...NO_METADATA, '-f', 'webm', `file:${output}`],
  ];
}

/** H.264 and AAC; what is already so is copied. */
export function mp4Arguments(input: MediaFile, output: string): string[] {
  const copies = input.videoCodec === 'h264';
  const audio = input.audioCodec === 'aac' ? 'copy' : 'aac';
  return remuxArguments(input, output, { container: 'mp4', video: copies ? 'copy' : 'h264', audio });
}

/** One frame, or a sheet of them, as JPEG on standard output. */
export function jpegArguments(
  input: MediaFile,
  filters: readonly string[],
  quality: number,
  ...before: string[]
): string[] {
  return [
    ...[...QUIET, ...inputArguments(input, ...before), '-map', '0:v:0', '-an', '-vf', filters.join(',')],
    ...[
      '-frames:v',
      '1',
      '-q:v',
      String(quality),
      '-pix_fmt',
      'yuvj420p',
      '-f',
      'image2pipe',
      '-c:v',
      'mjpeg',
      'pipe:1',
    ],
  ];
}

/** Brings frames of any size, even when it changes in mid-recording, into one. */
export function fit(width: number, height: number): string {
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:eval=frame`;
  return `${scale},pad=${width}:${height}:-1:-1:eval=frame,setsar=1`;
}

export function even(pixels: number): number {
  return Math.max(2, pixels - (pixels % 2));
}

/**
 * Chromium's WebM claims 1000 frames a second. `vfr` keeps ffmpeg from inventing them, and the selection lets pass no
 * more than 30 a second on average, while frames that come in bursts or jitter all stay.
 */
function encodeH264(input: MediaFile, timing?: readonly string[]): string[] {
  const paced = timing ?? [`select='lte(selected_n,(t-start_t)*30+1)'`];
  const filters = [...paced, fit(even(input.width), even(input.height))].join(',');
  const encoder = [
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-crf',
    '23',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '120',
    ...THREADS,
  ];
  return ['-vf', filters, '-fps_mode', 'vfr', ...encoder];
}

function audioArguments({ audio }: Recipe): string[] {
  if (audio === 'copy') return ['-c:a', 'copy'];
  const codec = audio === 'aac' ? ['aac', '-b:a', '96k'] : ['libopus', '-b:a', '64k'];
  return ['-af', SOUND_FROM_ZERO, '-ac', '2', '-c:a', ...codec];
}

function mapped({ audioCodec }: MediaFile): string[] {
  return ['-map', '0:v:0', ...(audioCodec ? ['-map', '0:a:0'] : [])];
}

function containerArguments(container: Recipe['container']): string[] {
  return container === 'webm' ? ['-f', 'webm', '-cues_to_front', '1'] : ['-f', 'mp4', '-movflags', '+faststart'];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
