import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { COLOUR_OF_SECOND } from './record-in-chromium.js';

export interface Probe {
  readonly durationMs: number;
  readonly video: ProbedStream;
  readonly audio: ProbedStream | null;
}
export interface ProbedStream {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly startMs: number;
  /** Really there, counted by reading them. */
  readonly packets: number;
}
export interface Picture {
  readonly atMs: number;
  /** Which second of the recording this picture was drawn in. */
  readonly second: number;
}

/** What an independent reader sees in a file. */
export function probe(path: string): Probe {
  const args = ['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json', path];
  const found = JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })) as {
    format: { duration: string };
    streams: Record<string, string>[];
  };
  const [video, audio] = ['video', 'audio'].map((kind) => {
    const stream = found.streams.find((candidate) => candidate.codec_type === kind);
    return stream ? describe(stream) : null;
  });
  return { durationMs: Number(found.format.duration) * 1000, video: video!, audio: audio ?? null };
}

function describe(stream: Record<string, string>): ProbedStream {
  return {
    codec: stream.codec_name!,
    width: Number(stream.width),
    height: Number(stream.height),
    startMs: Number(stream.start_time) * 1000,
    packets: Number(stream.nb_read_packets),
  };
}

export interface Decoded {
  readonly pictures: readonly Picture[];
  /** The second each picture was drawn in, told by its colour. */
  readonly seconds: readonly number[];
  /** What the decoder complained about; nothing when the whole file is sound. */
  readonly complaints: string;
}

/** Decodes everything, sound included. */
export function decode(path: string): Decoded {
  const sound = ['-map', '0:a?', '-f', 'null', '-'];
  const { colours, log } = averageColours(path, 'showinfo=checksum=0,crop=iw/2:ih/2,scale=1:1', sound);
  const [seconds, times] = [colours.map(secondOf), timesOf('showinfo', log)];
  const pictures = seconds.map((second, index) => ({ atMs: Math.round(times[index]!), second }));
  return { pictures, seconds, complaints: complaintsIn(log) };
}

/** When each picture, or each piece of sound, passed such a filter; in milliseconds, on the file's clock. */
export function timesOf(filter: 'showinfo' | 'ashowinfo', log: string): number[] {
  const lines = log.matchAll(new RegExp(`\\[Parsed_${filter}_0 .* pts_time:\\s*(-?[\\d.]+)`, 'g'));
  return [...lines].map((match) => Number(match[1]) * 1000);
}

/** It also complains about how it rounds the times of frames itself. */
export function complaintsIn(log: string): string {
  const isComplaint = (line: string) => /\[(error|fatal|panic)\]/.test(line) && !line.includes('non monotonically');
  return log.split('\n').filter(isComplaint).join('\n');
}

/** Lines of the log say how grave they are. */
export const LOGGING = ['-hide_banner', '-nostats', '-v', 'repeat+level+info', '-copyts'];

export interface Sound {
  /** The loudest moment, in decibels; silence is about -90, full scale 0. */
  readonly loudest: number;
  /** How much there is when it is put one after the other, whatever its timestamps say. */
  readonly seconds: number;
}

/** Both are no numbers where there is no sound. @param part where to begin and how long, as ffmpeg's options */
export function soundOf(path: string, part: readonly string[] = []): Sound {
  const measured = 'aresample=8000,aformat=channel_layouts=mono,volumedetect';
  const args = ['-v', 'info', ...part, '-i', path, '-vn', '-af', measured, '-f', 'null', '-'];
  const { stderr } = spawnSync('ffmpeg', args, { encoding: 'utf8' });
  const found = (pattern: RegExp) => Number(pattern.exec(stderr)?.[1]);
  return { loudest: found(/max_volume: (\S+) dB/), seconds: found(/n_samples: (\d+)/) / 8000 };
}

/** The second each tile of a sheet was drawn in. */
export function tilesIn(path: string, columns: number, rows: number): number[] {
  return averageColours(path, `format=rgb24,scale=${columns}:${rows}:flags=area`).colours.map(secondOf);
}

function averageColours(path: string, filter: string, more: string[] = []): { colours: number[][]; log: string } {
  const shades = ['-map', '0:v:0', '-vf', filter, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24'];
  const args = [...LOGGING, '-i', path, ...shades, '-f', 'rawvideo', '-', ...more];
  const { stdout, stderr } = spawnSync('ffmpeg', args, { maxBuffer: 1 << 26 });
  const colours = Array.from({ length: stdout.length / 3 }, (_, index) => [
    ...stdout.subarray(index * 3, index * 3 + 3),
  ]);
  return { colours, log: stderr.toString() };
}

export function secondOf(colour: readonly number[]): number {
  const distances = COLOUR_OF_SECOND.map((hex) =>
    [1, 3, 5].reduce((sum, at, part) => sum + (Number.parseInt(hex.slice(at, at + 2), 16) - colour[part]!) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

/** A fingerprint of every packet of the picture, as it is in the file. */
export function packetsIn(path: string): string[] {
  const what = ['-select_streams', 'v:0', '-show_entries', 'packet=data_hash', '-show_data_hash', 'md5'];
  const csv = execFileSync('ffprobe', ['-v', 'error', ...what, '-of', 'csv=p=0', path], { encoding: 'utf8' });
  return csv.match(/MD5:\w+/g)!;
}

/** Makes a file with ffmpeg, unless it is there; `args` come before the output. */
export function generate(output: string, ...args: string[]): string {
  if (!existsSync(output)) execFileSync('ffmpeg', ['-v', 'error', ...args, output]);
  return output;
}

/** An ffmpeg source that shows the colour of each second, at any size and rate. */
export function colourPerSecond(seconds: number, size: string, rate: number): string {
  const parts = Array.from({ length: seconds }, (_, second) => {
    const hex = COLOUR_OF_SECOND[second % COLOUR_OF_SECOND.length]!.replace('#', '0x');
    return `color=c=${hex}:s=${size}:r=${rate}:d=1[c${second}]`;
  });
  const joined = Array.from({ length: seconds }, (_, second) => `[c${second}]`).join('');
  return `${parts.join(';')};${joined}concat=n=${seconds}`;
}
