import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { complaintsIn, LOGGING, timesOf } from './decode.js';

const run = promisify(execFile);

/** Pictures that carry their own number, and sound that grows louder evenly, so that each moment tells itself. */
export const SECONDS = 6;
export const RATE = 15;
const DIGITS = 10;
const SAMPLE_RATE = 8000;

export interface CountedTake {
  readonly codecs: readonly string[];
  /** Key frame every so many pictures. */
  readonly group: number;
  /** How much later the picture begins than the sound; negative when the sound is late. Null: no sound. */
  readonly offsetMs: number | null;
}

/** Each half of a picture is a shade of grey: tens on the left, ones on the right. */
const NUMBERED = `geq=lum='if(lt(X,W/2),floor(N/${DIGITS}),mod(N,${DIGITS}))*22+20':cb=128:cr=128`;

export function generateCounted(path: string, { codecs, group, offsetMs }: CountedTake): string {
  const picture = `color=s=64x64:r=${RATE}:d=${SECONDS},format=yuv420p,${NUMBERED}`;
  const tone = `0.8*t/${SECONDS}*sin(2000*t)`;
  const louder = `aevalsrc='${tone}|${tone}':s=48000:d=${SECONDS}`;
  const sound = offsetMs === null ? [] : ['-f', 'lavfi', '-i', louder, '-af', `a${later(-offsetMs)}`];
  // In the output's filters: what an input begins late by is taken off it.
  const rest = [
    '-vf',
    `settb=1/1000,${later(offsetMs ?? 0)}`,
    '-fps_mode',
    'passthrough',
    '-enc_time_base:v',
    '1/1000',
    ...codecs,
    '-g',
    String(group),
    path,
  ];
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...sound, ...rest]);
  return path;
}

function later(ms: number): string {
  return `setpts=PTS+${Math.max(0, ms) / 1000}/TB`;
}

export interface Counted {
  readonly pictures: readonly { readonly atMs: number; readonly number: number }[];
  /** 0 to 1, of each sample; 8000 a second, beginning at `soundAtMs`. */
  readonly sound: readonly number[];
  readonly soundAtMs: number;
  /** When the last picture, or the sound, ends. */
  readonly endMs: number;
  /** What the file itself says of that. */
  readonly saidEndMs: number;
  readonly complaints: string;
}

/**
 * Decodes all of a file, in one go. Times count from the first of its packets, as those of the product do.
 * @throws Error when it has no sound, unless it is not looked for
 */
export async function decodeCounted(path: string, hasSound: boolean): Promise<Counted> {
  const pcm = `${path}.pcm`;
  const sound = ['-map', '0:a:0', '-ac', '1', '-ar', `${SAMPLE_RATE}`, '-af', 'ashowinfo', '-f', 's16le', '-y', pcm];
  const shades = 'showinfo=checksum=0,scale=2:1:flags=area,format=gray';
  const picture = ['-map', '0:v:0', '-vf', shades, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'];
  const args = [...LOGGING, '-i', path, ...picture, ...(hasSound ? sound : [])];
  const { stdout, stderr } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 26 });
  const log = stderr.toString();
  const [pictureTimes, soundTimes] = [timesOf('showinfo', log), timesOf('ashowinfo', log)];
  const zero = Math.min(pictureTimes[0] ?? 0, soundTimes[0] ?? Infinity);
  const loudness = hasSound ? loudnessIn(readFileSync(pcm)) : [];
  rmSync(pcm, { force: true });
  const soundAtMs = (soundTimes[0] ?? zero) - zero;
  const pictures = pictureTimes.map((atMs, index) => ({
    atMs: atMs - zero,
    number: numberOf(stdout.subarray(index * 2)),
  }));
  return {
    pictures,
    sound: loudness,
    soundAtMs,
    endMs: Math.max(pictures.at(-1)!.atMs + 1000 / RATE, soundAtMs + (loudness.length / SAMPLE_RATE) * 1000),
    saidEndMs: saidIn(log),
    complaints: complaintsIn(log),
  };
}

function loudnessIn(samples: Buffer): number[] {
  return Array.from({ length: samples.length / 2 }, (_, at) => Math.abs(samples.readInt16LE(at * 2)) / 32_768);
}

function saidIn(log: string): number {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(log) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Grey comes stretched from the 219 steps of video to 255. */
function numberOf([tens, ones]: Uint8Array): number {
  const digit = (shade: number) => Math.round(((shade * 219) / 255 + 16 - 20) / 22);
  return digit(tens!) * DIGITS + digit(ones!);
}

/** A twentieth of a second: single samples swing over where a tone begins all of a sudden. */
const WINDOW = SAMPLE_RATE / 20;

/** The amplitude of the loudest moment of a part, which tells when it was recorded. */
export function loudest({ sound, soundAtMs }: Counted, fromMs: number, toMs: number): number {
  const at = (ms: number) => Math.max(0, Math.round(((ms - soundAtMs) / 1000) * SAMPLE_RATE));
  const part = sound.slice(at(fromMs), at(toMs));
  let most = 0;
  for (let from = 0; from + WINDOW <= part.length; from += WINDOW)
    most = Math.max(most, part.slice(from, from + WINDOW).reduce((sum, one) => sum + one, 0) / WINDOW);
  return (most * Math.PI) / 2;
}
