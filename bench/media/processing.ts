import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chooseMedia } from '../../modules/media/processing/choose-media.js';
import type { MediaTools, Trim } from '../../modules/media/processing/media-tools.js';
import { processRecording } from '../../modules/media/processing/process-recording.js';
import { median, type Entries, type Entry } from '../entry.js';

const ROUNDS = 9;
const SECONDS = 60;
const ffmpeg = (...args: string[]) => promisify(execFile)('nice', ['-n', '10', 'ffmpeg', '-v', 'error', '-y', ...args]);

/**
 * From a 60 s 1080p VP9 capture as a stream to a seekable file and a poster: all of our path, with the plaintext's way to
 * disk, both inspections, limits and clean-up, against the two bare commands on a file that is already there.
 */
export async function processing(): Promise<Entries> {
  return withCapture(async (capture, folder) => {
    const [withFfmpeg, without] = [(await chooseMedia()).tools, (await chooseMedia('none')).tools];
    if (withFfmpeg.name !== 'ffmpeg') throw new Error('This measures against ffmpeg, and there is none.');
    const trim = { startMs: 2500, endMs: SECONDS * 1000 - 1500 };
    const times = await alternate({
      bare: () => bareCommands(capture, folder),
      ours: () => process(capture, folder, withFfmpeg),
      fallback: () => process(capture, folder, without),
      trimmed: () => process(capture, folder, withFfmpeg, trim),
    });
    const against = (value: number): Entry => entry(value, times.bare);
    return {
      processing_vs_ffmpeg: against(times.ours),
      processing_without_ffmpeg: against(times.fallback),
      processing_trimmed: against(times.trimmed),
    };
  });
}

/**
 * What someone would type: remux with the index in front, then a poster, of a key frame as ours is. At the priority ours
 * runs at, which costs nothing on an idle machine but would make the ratio tell of whatever else a busy one is doing.
 */
async function bareCommands(capture: string, folder: string): Promise<void> {
  const [remuxed, poster] = [join(folder, 'bare.webm'), join(folder, 'bare.jpg')];
  await ffmpeg('-i', capture, '-map', '0', '-c', 'copy', '-cues_to_front', '1', remuxed);
  await ffmpeg('-ss', '4', '-i', remuxed, '-frames:v', '1', '-vf', 'scale=1280:-2', '-q:v', '4', poster);
}

async function process(capture: string, folder: string, tools: MediaTools, trim?: Trim): Promise<void> {
  const outputs = { seekable: () => Promise.resolve(), poster: () => Promise.resolve() };
  await processRecording(createReadStream(capture), join(folder, 'temp'), { tools, outputs, trim });
}

/** As a browser writes it: no duration, no index, clusters of unknown size, a key frame every 4 s. */
async function withCapture<Result>(work: (capture: string, folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'screendesk-bench-media-'));
  try {
    const capture = join(folder, 'capture.webm');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=15'];
    const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'libopus', '-b:a', '48k'];
    const speed = ['-c:v', 'libvpx-vp9', '-b:v', '1500k', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1'];
    await ffmpeg(
      ...picture,
      ...sound,
      '-t',
      String(SECONDS),
      ...speed,
      '-g',
      '60',
      '-f',
      'webm',
      '-live',
      '1',
      capture,
    );
    return await work(capture, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median milliseconds of each, run in turns so that a busy moment hits all alike; the first turn only warms up. */
async function alternate<Name extends string>(runs: Record<Name, () => Promise<void>>): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      const started = performance.now();
      await runs[name]();
      if (round > 0) times.get(name)!.push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}

function entry(value: number, reference: number): Entry {
  const round = (number: number): number => Math.round(number * 100) / 100;
  return { value: Math.round(value), unit: 'ms', reference: Math.round(reference), ratio: round(value / reference) };
}
