import { reject, rejectUnsafe } from '../media-errors.js';
import type { FileWindow } from './file-window.js';
import { shownOf, type EditedTrack } from './mp4-edits.js';
import { readBoxHead, refuseDangerous, visitBoxes } from './mp4-boxes.js';
import { readDefaults, readFragment, type SampleDefaults } from './mp4-fragments.js';
import { newMp4Track, readTrackBox, type Mp4Track } from './mp4-track.js';
import type { Survey } from './survey.js';

const LONGEST_HEADER = 64 * 1024 * 1024;
const LONGEST_FRAGMENT_HEADER = 8 * 1024 * 1024;
/** Two per fragment; the most patient recorder writes a fragment per frame. */
const MOST_BOXES = 2_000_000;
const NO_DEFAULTS: SampleDefaults = { duration: 0, bytes: 0, flags: 0 };

/**
 * Walks an MP4 or QuickTime file box by box without trusting any declared size.
 * @throws MediaRejected when its header is missing, or it is encrypted, refers to other files or is built to do harm
 */
export async function surveyMp4(window: FileWindow, maxTracks: number): Promise<Survey> {
  const reading = new Mp4Reading(maxTracks, window.size);
  let truncated = false;
  let position = 0;
  for (let boxes = 0; position < window.size && !truncated; boxes += 1) {
    if (boxes > MOST_BOXES) rejectUnsafe('it never ends');
    const head = readBoxHead(window.held(position, 16) ?? (await window.at(position, 16)));
    const end = head && (head.size === Infinity ? window.size : position + head.size);
    truncated = !head || end! > window.size;
    if (!head) break;
    refuseDangerous(head.type);
    if (!truncated) await reading.box(window, head.type, position + head.headBytes, end!);
    position = end!;
  }
  return reading.finish(truncated);
}

class Mp4Reading {
  private tracks: Mp4Track[] | null = null;
  /** Units a second, of the file. */
  private scale = 1000;
  private readonly defaults = new Map<number, SampleDefaults>();

  constructor(
    private readonly maxTracks: number,
    private readonly fileBytes: number,
  ) {}

  async box(window: FileWindow, type: string, start: number, end: number): Promise<void> {
    if (type !== 'moov' && type !== 'moof') return;
    if (end - start > (type === 'moov' ? LONGEST_HEADER : LONGEST_FRAGMENT_HEADER))
      rejectUnsafe('its header claims an absurd size');
    const body = await window.copy(start, end - start);
    if (type === 'moov') return this.header(body);
    const trackOf = (id: number) => this.tracks?.find((track) => track.id === id);
    readFragment(body, trackOf, (id) => this.defaults.get(id) ?? NO_DEFAULTS, this.fileBytes);
  }

  finish(truncated: boolean): Survey {
    if (!this.tracks) reject('TRUNCATED', 'The end of this video never arrived, and without it nothing can be played.');
    for (const track of this.tracks) this.complete(track);
    const tracks = this.tracks.map((track) => track.survey).filter((track) => track.kind !== 'other');
    return { container: 'mp4', tracks, truncated };
  }

  private header(moov: Buffer): void {
    if (this.tracks) rejectUnsafe('several files are hidden in one');
    const tracks: Mp4Track[] = [];
    visitBoxes(moov, (type, body) => {
      if (type === 'mvhd' && body.length >= 24) this.scale = body.readUInt32BE(body[0] === 1 ? 20 : 12) || 1000;
      else if (type === 'trak') tracks.push(newMp4Track());
      else if (type === 'trex' && body.length >= 24) this.defaults.set(readDefaults(body).trackId, readDefaults(body));
      else if (tracks.length > 0) readTrackBox(tracks.at(-1)!, type, body);
      if (tracks.length > this.maxTracks)
        reject('TOO_MANY_TRACKS', `This file has more than ${this.maxTracks} tracks; a recording has two.`);
    });
    this.tracks = tracks;
  }

  /** Brings a track's own words into those of a survey. */
  private complete(track: Mp4Track): void {
    const { survey, samples, sampleBytes, turned } = track;
    if (samples * sampleBytes > this.fileBytes) rejectUnsafe('it declares more frames than bytes');
    survey.frames = samples;
    survey.firstMs ??= samples > 0 ? 0 : null;
    if (survey.keyframes === 0 && survey.kind === 'video') survey.keyframes = samples;
    survey.keyframes = Math.min(survey.keyframes, samples);
    if (turned) [survey.width, survey.height] = [survey.height, survey.width];
    const { shownMs, hides } = shownOf(this.edited(track));
    survey.shownMs = hides ? shownMs : null;
  }

  private edited({ survey, edits, timescale, firstLate }: Mp4Track): EditedTrack {
    const trackScale = timescale || 1000;
    const firstMs = (survey.firstMs ?? 0) + (firstLate / trackScale) * 1000;
    const endMs = survey.endMs + (firstLate / trackScale) * 1000;
    const inFragments = this.defaults.size > 0;
    return { edits, fileScale: this.scale, trackScale, firstMs, endMs, inFragments };
  }
}
