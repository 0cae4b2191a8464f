import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alone, type Entries } from '../entry.js';
import { driftOf, pairUp, typical, type Drift, type Pair } from './drift.js';
import { recordSignal } from './signal-recording.js';
import { FLASH_EVERY_MS, TONE_HZ } from './signal-page.js';
import { flashes, onsets } from './signals.js';

/**
 * The full measure is `BENCH_RECORDING_MINUTES=60`. Of a short one the figure by the hour tells little: its own grain of
 * a few milliseconds is stretched with it.
 */
const MINUTES = Number(process.env.BENCH_RECORDING_MINUTES ?? 3);
const SERIES = 'bench/recording-memory.json';
const HOUR_S = 3600;

/**
 * How far sound and picture part in a recording, from the customer's page to the file that the agent gets. What is
 * recorded flashes and sounds in the same instant. Looked at by timestamps and by samples, and the worse counts.
 *
 * Two things it cannot see. A machine without a sound card has but one clock, so two crystals are not compared. And the
 * microphone's own way into the recording: the beeps of Chromium's own one are no clock, since heard directly they already
 * fall behind by about 170 ms an hour.
 */
export async function avDrift(): Promise<Entries> {
  const folder = await mkdtemp(join(tmpdir(), 'screendesk-bench-drift-'));
  try {
    await proveTheMethod(folder);
    const file = join(folder, 'recording.webm');
    await writeFile(SERIES, `${JSON.stringify(await recordSignal(MINUTES, file), null, 1)}\n`);
    const shown = await flashes(file);
    const pairs = pairUp(shown, await onsets(file));
    const drift = driftOf(pairs);
    report(pairs, shown.length, drift);
    const worst = Math.max(Math.abs(drift.byTimestamps), Math.abs(drift.bySamples));
    return {
      recorder_av_drift_ms: alone(worst, `ms in ${MINUTES} min`, 100),
      recorder_av_drift_per_hour_ms: alone((worst * HOUR_S) / drift.overSeconds, `ms/h from ${MINUTES} min`),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(pairs: readonly Pair[], shown: number, { byTimestamps, bySamples, overSeconds }: Drift): void {
  const late = typical(pairs.map((pair) => pair.late)) * 1000;
  const [stamped, counted] = [byTimestamps, bySamples].map((ms) => `${ms.toFixed(1)} ms`);
  console.log(`  ${pairs.length} of ${shown} flashes were heard, ${late.toFixed(0)} ms after the picture;`);
  console.log(`  ${stamped} later by timestamps and ${counted} by samples after ${overSeconds.toFixed(0)} s`);
}

/** A made-up recording whose sound is a thousandth too slow must be seen to drift by just that. */
async function proveTheMethod(folder: string): Promise<void> {
  const file = join(folder, 'drifting.webm');
  const every = FLASH_EVERY_MS / 1000;
  const flash = `color=black:s=64x64:r=30:d=60,drawbox=enable='lt(mod(t,${every}),0.2)':color=white:t=fill`;
  const tone = `aevalsrc='0.5*sin(2*PI*${TONE_HZ}*t)*lt(mod(t,${every}),0.1)':s=48000:d=60,asetrate=48000/1.001`;
  const sources = ['-f', 'lavfi', '-i', flash, '-f', 'lavfi', '-i', tone];
  const codecs = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus', '-ar', '48000'];
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...sources, ...codecs, file]);
  const { byTimestamps, bySamples, overSeconds } = driftOf(pairUp(await flashes(file), await onsets(file)));
  for (const seen of [byTimestamps, bySamples])
    if (Math.abs(seen - overSeconds) > 3) throw new Error(`Sound that lags by ${overSeconds} ms was seen at ${seen}.`);
}
