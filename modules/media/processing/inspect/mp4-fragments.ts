import { rejectUnsafe } from '../media-errors.js';
import { LONGEST_STILL_MS } from '../stillness.js';
import { visitBoxes } from './mp4-boxes.js';
import { countSamples, type Mp4Track } from './mp4-track.js';

const NOT_A_KEY_FRAME = 0x10000;

/** What samples of a track are when a fragment does not say. */
export interface SampleDefaults {
  duration: number;
  bytes: number;
  flags: number;
}

export function readDefaults(trex: Buffer): SampleDefaults & { trackId: number } {
  return {
    trackId: trex.readUInt32BE(4),
    duration: trex.readUInt32BE(12),
    bytes: trex.readUInt32BE(16),
    flags: trex.readUInt32BE(20),
  };
}

/** Adds one fragment (`moof` after its head) to the tracks it continues. */
export function readFragment(
  moof: Buffer,
  trackOf: (id: number) => Mp4Track | undefined,
  defaultsOf: (id: number) => SampleDefaults,
  fileBytes: number,
): void {
  let run: FragmentRun | null = null;
  visitBoxes(moof, (type, body) => {
    if (type === 'tfhd' && body.length >= 8) run = startRun(body, trackOf, defaultsOf);
    else if (type === 'tfdt' && run && body.length >= 8) run.ticks = readStart(body);
    else if (type === 'trun' && run && body.length >= 8) readRun(run, body, fileBytes);
  });
}

interface FragmentRun {
  readonly track: Mp4Track | undefined;
  readonly defaults: SampleDefaults;
  /** Where the next sample starts, in the track's units of time. */
  ticks: number;
}

function startRun(
  tfhd: Buffer,
  trackOf: (id: number) => Mp4Track | undefined,
  defaultsOf: (id: number) => SampleDefaults,
): FragmentRun {
  const flags = tfhd.readUInt32BE(0);
  const id = tfhd.readUInt32BE(4);
  const defaults = { ...defaultsOf(id) };
  let at = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const next = (otherwise: number): number => {
    at += 4;
    return at <= tfhd.length ? tfhd.readUInt32BE(at - 4) : otherwise;
  };
  if (flags & 0x8) defaults.duration = next(defaults.duration);
  if (flags & 0x10) defaults.bytes = next(defaults.bytes);
  if (flags & 0x20) defaults.flags = next(defaults.flags);
  const track = trackOf(id);
  return { track, defaults, ticks: track ? (track.survey.endMs * track.timescale) / 1000 : 0 };
}

function readStart(tfdt: Buffer): number {
  return tfdt[0] === 1 && tfdt.length >= 12 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
}

/** A `trun`: some fields per sample, present or absent as its flags say. */
function readRun(run: FragmentRun, trun: Buffer, fileBytes: number): void {
  const { track, defaults } = run;
  if (!track) return;
  const flags = trun.readUInt32BE(0);
  const samples = trun.readUInt32BE(4);
  const fields = [0x100, 0x200, 0x400, 0x800].filter((bit) => flags & bit).length;
  let at = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  const bytes = flags & 0x200 ? 0 : samples * defaults.bytes;
  if (samples * fields * 4 > trun.length - at || bytes > fileBytes || (fields === 0 && samples > fileBytes))
    rejectUnsafe('it declares more frames than bytes');
  countSamples(track, samples);
  const firstFlags = flags & 0x4 ? trun.readUInt32BE(at - 4) : null;
  const { survey } = track;
  const unit = 1000 / (track.timescale || 1000);
  if (samples > 0) survey.firstMs ??= track.samples > samples ? 0 : run.ticks * unit;
  for (let index = 0; index < samples; index += 1) {
    survey.moments.add(run.ticks * unit);
    const sampleFlags = flags & 0x400 ? trun.readUInt32BE(at + flagsOffset(flags)) : defaults.flags;
    const isKey = ((index === 0 ? firstFlags : null) ?? sampleFlags) & NOT_A_KEY_FRAME ? 0 : 1;
    survey.keyframes += isKey;
    const lasts = flags & 0x100 ? trun.readUInt32BE(at) : defaults.duration;
    survey.endMs = Math.max(survey.endMs, run.ticks * unit + Math.min(lasts * unit, LONGEST_STILL_MS));
    run.ticks += lasts;
    at += fields * 4;
  }
}

function flagsOffset(flags: number): number {
  return (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0);
}
