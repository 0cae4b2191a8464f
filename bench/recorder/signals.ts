import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { TONE_HZ } from './signal-page.js';

const RATE = 48_000;
/** A sound begins where it is loud after so long a silence. */
const SILENCE_S = 0.2;
const BLOCK = 48;

export interface Onset {
  /** Seconds, by the timestamps in the file. */
  readonly at: number;
  /** Seconds, by counting the samples that were decoded: where a player that ignores timestamps would be. */
  readonly counted: number;
}

const ONLY_THE_TONE = `bandpass=f=${TONE_HZ}:width_type=h:w=1000`;

/** When the picture turns from dark to light, in seconds by the file's timestamps. */
export async function flashes(file: string): Promise<number[]> {
  const look = 'scale=16:16:flags=area,format=gray,showinfo';
  const frames = ['-map', '0:v:0', '-vf', look, '-fps_mode', 'passthrough', '-f', 'null', '-'];
  const found: number[] = [];
  let light = true;
  await ffmpeg(file, frames, (line) => {
    const [, at, mean] = /pts_time:(\S+) .*mean:\[(\d+)/.exec(line) ?? [];
    if (mean === undefined) return;
    if (!light && Number(mean) > 128) found.push(Number(at));
    light = Number(mean) > 128;
  });
  return found;
}

/** When the tone begins. */
export async function onsets(file: string): Promise<Onset[]> {
  const filters = `aresample=${RATE},aformat=sample_fmts=flt:channel_layouts=mono,${ONLY_THE_TONE},ashowinfo`;
  const loud = new LoudSpots();
  const stamps: { from: number; at: number }[] = [];
  let from = 0;
  await ffmpeg(
    file,
    ['-map', '0:a:0', '-af', filters, '-f', 'f32le', '-'],
    (line) => {
      const [, at, samples] = /pts_time:(\S+) .*nb_samples:(\d+)/.exec(line) ?? [];
      if (samples === undefined) return;
      stamps.push({ from, at: Number(at) });
      from += Number(samples);
    },
    (bytes) => loud.hear(bytes),
  );
  let stamp = 0;
  return loud.spots().map((sample) => {
    while ((stamps[stamp + 1]?.from ?? Infinity) <= sample) stamp++;
    const { from: first, at } = stamps[stamp]!;
    return { at: at + (sample - first) / RATE, counted: stamps[0]!.at + sample / RATE };
  });
}

/** Finds the samples at which it becomes loud, in sound that comes piece by piece. */
class LoudSpots {
  private rest = Buffer.alloc(0);
  private readonly peaks: number[] = [];

  hear(bytes: Buffer): void {
    const all = Buffer.concat([this.rest, bytes]);
    const step = BLOCK * 4;
    let at = 0;
    for (; at + step <= all.length; at += step) {
      let peak = 0;
      for (let sample = at; sample < at + step; sample += 4) peak = Math.max(peak, Math.abs(all.readFloatLE(sample)));
      this.peaks.push(peak);
    }
    this.rest = all.subarray(at);
  }

  /** Loud means a third of the usual peak, which is that of the loudest tenth of a percent. */
  spots(): number[] {
    const loudest = this.peaks.toSorted((a, b) => b - a)[Math.floor(this.peaks.length / 1000)] ?? 0;
    const found: number[] = [];
    let heard = 0;
    this.peaks.forEach((peak, block) => {
      if (peak < loudest / 3) return;
      if (block - heard > (SILENCE_S * RATE) / BLOCK) found.push(block * BLOCK);
      heard = block;
    });
    return found;
  }
}

async function ffmpeg(
  file: string,
  output: readonly string[],
  line: (line: string) => void,
  bytes: (bytes: Buffer) => void = () => undefined,
): Promise<void> {
  const child = spawn('nice', [
    'ffmpeg',
    '-hide_banner',
    '-nostats',
    '-threads',
    '1',
    '-copyts',
    '-i',
    file,
    ...output,
  ]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdout.on('data', bytes);
  createInterface(child.stderr as Readable).on('line', line);
  if ((await ended) !== 0) throw new Error(`ffmpeg could not decode ${file}.`);
}
