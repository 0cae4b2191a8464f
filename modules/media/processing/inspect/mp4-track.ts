import { MAX_PACKETS } from '../media-file.js';
import { rejectUnsafe } from '../media-errors.js';
import { LONGEST_STILL_MS } from '../stillness.js';
import { checkDataReferences } from './mp4-boxes.js';
import { readEdits, type Edit } from './mp4-edits.js';
import { readSampleEntries } from './mp4-sample-entry.js';
import { emptyTrack, type TrackSurvey } from './survey.js';

/** One track as its header describes it; fragments add to it later. */
export interface Mp4Track {
  id: number;
  /** Units of time per second. */
  timescale: number;
  readonly survey: TrackSurvey;
  /** Shown turned by a quarter, as phones record. */
  turned: boolean;
  samples: number;
  /** Bytes of every sample when all are alike; else 0. */
  sampleBytes: number;
  /** Of its media, what is shown; none: all of it. */
  edits: readonly Edit[];
  /** How much later than stored its first picture is shown, in units of time. */
  firstLate: number;
}

export function newMp4Track(): Mp4Track {
  return {
    id: 0,
    timescale: 1000,
    survey: emptyTrack(),
    turned: false,
    samples: 0,
    sampleBytes: 0,
    edits: [],
    firstLate: 0,
  };
}

/** Takes in one box of a `trak`, given what follows its head. Boxes too short for their fields are ignored. */
export function readTrackBox(track: Mp4Track, type: string, body: Buffer): void {
  if (body.length < 8) return;
  const wide = body[0] === 1;
  if (type === 'tkhd' && body.length >= (wide ? 96 : 84)) readTrackHeader(track, body, wide);
  else if (type === 'mdhd' && body.length >= (wide ? 32 : 20)) track.timescale = body.readUInt32BE(wide ? 20 : 12);
  else if (type === 'hdlr' && body.length >= 12) readHandler(track, body);
  else if (type === 'dref') checkDataReferences(body);
  else if (type === 'stsd') readSampleEntries(body, track.survey);
  else if (type === 'stsz' && body.length >= 12) readSampleSizes(track, body);
  else if (type === 'stz2' && body.length >= 12) countSamples(track, body.readUInt32BE(8));
  else if (type === 'stss') track.survey.keyframes = body.readUInt32BE(4);
  else if (type === 'stts') readDurations(track, body);
  else if (type === 'ctts') readLateness(track, body);
  else if (type === 'elst') track.edits = readEdits(body);
}

/** Counts samples, here or in a fragment, up to the most any recording has. */
export function countSamples(track: Mp4Track, samples: number): void {
  track.samples += samples;
  if (track.samples > MAX_PACKETS) rejectUnsafe('it holds more frames than any recording');
}

function readTrackHeader(track: Mp4Track, body: Buffer, wide: boolean): void {
  track.id = body.readUInt32BE(wide ? 20 : 12);
  const matrix = wide ? 52 : 40;
  track.turned = body.readInt32BE(matrix) === 0 && body.readInt32BE(matrix + 4) !== 0;
}

function readHandler(track: Mp4Track, body: Buffer): void {
  const handler = body.toString('latin1', 8, 12);
  // A QuickTime track names two handlers; the second one (`alis`, `url `) is about where data lie.
  if (handler === 'vide') track.survey.kind = 'video';
  else if (handler === 'soun') track.survey.kind = 'audio';
}

function readSampleSizes(track: Mp4Track, body: Buffer): void {
  track.sampleBytes = body.readUInt32BE(4);
  const samples = body.readUInt32BE(8);
  if (track.sampleBytes === 0 && samples * 4 > body.length - 12) rejectUnsafe('it declares more frames than bytes');
  // Uncompressed sound counts every single value as a sample of a fixed size; the file's own size bounds those.
  if (track.sampleBytes === 0 || track.survey.kind !== 'audio') countSamples(track, samples);
  else track.samples = samples;
}

/** The last sample may claim to last for ever. */
function readDurations(track: Mp4Track, body: Buffer): void {
  const { survey } = track;
  const unit = 1000 / (track.timescale || 1000);
  let [startMs, eachMs] = [0, 0];
  for (let at = 8; at + 8 <= body.length; at += 8) {
    const count = body.readUInt32BE(at);
    if (count === 0) continue;
    eachMs = body.readUInt32BE(at + 4) * unit;
    survey.moments.addRun(startMs, count, eachMs);
    startMs += count * eachMs;
  }
  survey.endMs = startMs - Math.max(0, eachMs - LONGEST_STILL_MS);
}

/** Run lengths are unpacked by whoever plays the file, so their sum is what counts. */
function readLateness(track: Mp4Track, body: Buffer): void {
  if (body.length >= 16) track.firstLate = body.readInt32BE(12);
  let samples = 0;
  for (let at = 8; at + 8 <= body.length; at += 8) samples += body.readUInt32BE(at);
  if (samples > MAX_PACKETS) rejectUnsafe('it holds more frames than any recording');
}
