import { stat } from 'node:fs/promises';
import { reject } from '../media-errors.js';
import type { AudioCodec, MediaFile, MediaLimits, VideoCodec } from '../media-file.js';
import { FileWindow } from './file-window.js';
import { stillnessOf } from './moments.js';
import { surveyMatroska } from './survey-matroska.js';
import { surveyMp4 } from './survey-mp4.js';
import type { Survey, TrackSurvey } from './survey.js';

/** Codecs one set of tools can make something of. */
export interface KnownCodecs {
  readonly video: ReadonlySet<VideoCodec>;
  readonly audio: ReadonlySet<AudioCodec>;
}

/**
 * Finds out what a file is by walking its structure in TypeScript: no native parser sees a byte before this has passed.
 * What the sender declared is not asked for, and what the file declares about itself is checked against what is there.
 * @throws MediaRejected
 */
export async function inspectMedia(path: string, limits: MediaLimits, codecs: KnownCodecs): Promise<MediaFile> {
  const { size } = await stat(path);
  if (size === 0) reject('EMPTY_FILE', 'Nothing was recorded: the file is empty.');
  if (size > limits.maxBytes) reject('TOO_LARGE', `This video is larger than ${inGigabytes(limits.maxBytes)}.`);
  const window = await FileWindow.open(path);
  try {
    return judge(path, size, await survey(window, limits.maxTracks), limits, codecs);
  } finally {
    await window.close();
  }
}

async function survey(window: FileWindow, maxTracks: number): Promise<Survey> {
  const start = await window.at(0, 12);
  if (start.length >= 4 && start.readUInt32BE(0) === 0x1a45dfa3) return surveyMatroska(window, maxTracks);
  const box = start.toString('latin1', 4, 8);
  if (start.length >= 8 && ['ftyp', 'moov', 'wide', 'styp'].includes(box)) return surveyMp4(window, maxTracks);
  if (couldBeStartOfVideo(start)) reject('TRUNCATED', 'Almost nothing of this recording arrived.');
  return reject('NOT_A_VIDEO', 'This file is not a video. Recordings are WebM, MP4, QuickTime or Matroska files.');
}

function couldBeStartOfVideo(start: Buffer): boolean {
  return start.length < 4 && Buffer.from('1a45dfa3', 'hex').subarray(0, start.length).equals(start);
}

function judge(path: string, bytes: number, found: Survey, limits: MediaLimits, codecs: KnownCodecs): MediaFile {
  const video = pick(found, 'video');
  const audio = pick(found, 'audio');
  if (!video || video.frames === 0) refuseWithoutPicture(found);
  const { width, height } = video;
  if (width === 0 || height === 0) reject('NO_VIDEO_TRACK', 'The picture of this video has no size.');
  if (width * height > limits.maxPixels || Math.max(width, height) > limits.maxSide)
    reject('TOO_MANY_PIXELS', `This video is ${width} × ${height} pixels, more than can be processed.`);
  const used = audio ? [video, audio] : [video];
  const stillMs = stillnessOf(used.map(({ moments }) => moments));
  const hides = used.some(({ shownMs }) => shownMs !== null);
  const durationMs = Math.round(hides ? shownOf(used) : lengthOf(used) - stillMs);
  // Negated so that a duration that is not a number is refused too.
  if (!(durationMs <= limits.maxDurationMs))
    reject('TOO_LONG', `This video is longer than ${Math.round(limits.maxDurationMs / 60_000)} minutes.`);
  return {
    ...{ path, bytes, container: found.container, durationMs, width, height },
    videoCodec: known(codecs.video, video.codec, 'picture'),
    audioCodec: audio ? known(codecs.audio, audio.codec, 'sound') : null,
    ...{ frames: video.frames, keyframes: video.keyframes, audioPackets: audio?.frames ?? 0 },
    hides,
    jumps: stillMs > 0 || used.some(({ setBackMs }) => setBackMs > 0),
    missingSoundMs: audio ? missingSound(audio) : 0,
    truncated: found.truncated,
  };
}

/** The first track of a kind is the one that is used; sound without a single frame is no sound. */
function pick(found: Survey, kind: TrackSurvey['kind']): TrackSurvey | undefined {
  const track = found.tracks.find((candidate) => candidate.kind === kind);
  return kind === 'audio' && track?.frames === 0 ? undefined : track;
}

function lengthOf(tracks: readonly TrackSurvey[]): number {
  return Math.max(...tracks.map(({ endMs }) => endMs)) - Math.min(...tracks.map(({ firstMs }) => firstMs ?? 0));
}

function shownOf(tracks: readonly TrackSurvey[]): number {
  return Math.max(...tracks.map(({ shownMs, endMs, firstMs }) => shownMs ?? endMs - (firstMs ?? 0)));
}

/** Negative differences are a clock's jitter, or that of a track whose frames do not tell how long they are. */
function missingSound({ firstMs, endMs, soundMs }: TrackSurvey): number {
  return soundMs === 0 ? 0 : Math.max(0, Math.round(endMs - firstMs! - soundMs));
}

function known<Codec extends string>(codecs: ReadonlySet<Codec>, codec: string, part: string): Codec {
  if (codecs.has(codec as Codec)) return codec as Codec;
  const name = /^[\w.+/-]{1,40}$/.test(codec) ? ` (${codec})` : '';
  return reject('UNSUPPORTED_CODEC', `The ${part} of this video is stored in a way that is not supported${name}.`);
}

function refuseWithoutPicture(found: Survey): never {
  const onlySound = found.tracks.length > 0 && !pick(found, 'video');
  if (onlySound && !found.truncated) reject('NO_VIDEO_TRACK', 'This file has no picture, only sound.');
  return reject('TRUNCATED', 'This recording broke off before the first picture arrived.');
}

function inGigabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 ** 3) * 10) / 10} GB`;
}
