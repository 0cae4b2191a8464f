import type { Container } from '../media-file.js';
import { LONGEST_STILL_MS, MOST_REORDERED_MS } from '../stillness.js';
import { Moments } from './moments.js';

/** What walking a file's structure found out about one track. */
export interface TrackSurvey {
  kind: 'video' | 'audio' | 'other';
  /** Our name when we know the codec, otherwise the container's own. */
  codec: string;
  width: number;
  height: number;
  frames: number;
  keyframes: number;
  /** Start of the first frame (null: there is none), start and end of the last, in milliseconds. */
  firstMs: number | null;
  lastMs: number;
  endMs: number;
  /** What its frames last when they are put one after the other; 0 where frames do not tell. */
  soundMs: number;
  readonly moments: Moments;
  /** What its clock was set back by, all in all: from there on, it goes on from where it was. */
  setBackMs: number;
  /** What players show of it by a list of the file, which leaves out a part that lies in there; null: all of it. */
  shownMs: number | null;
}

export interface Survey {
  readonly container: Container;
  readonly tracks: readonly TrackSurvey[];
  /** The file ends, or stops making sense, before its own structure says so. */
  readonly truncated: boolean;
}

export function emptyTrack(): TrackSurvey {
  const times = { firstMs: null, lastMs: 0, endMs: 0, soundMs: 0, setBackMs: 0, shownMs: null };
  return { kind: 'other', codec: '', width: 0, height: 0, frames: 0, keyframes: 0, ...times, moments: new Moments() };
}

/** A frame of unknown duration is taken to last as long as the one before it, but not longer than this. */
const LONGEST_GUESS_MS = 100;

/** Accounts for one frame, in the order of the file. */
export function addFrame(track: TrackSurvey, claimedMs: number, key: boolean, durationMs: number | null = null): void {
  const isFirst = track.firstMs === null;
  if (!isFirst && claimedMs + track.setBackMs < track.lastMs - MOST_REORDERED_MS)
    track.setBackMs = track.lastMs - claimedMs;
  const atMs = claimedMs + track.setBackMs;
  const sinceLast = isFirst ? 0 : Math.max(0, atMs - track.lastMs);
  const lastsMs = Math.min(durationMs ?? Math.min(sinceLast, LONGEST_GUESS_MS), LONGEST_STILL_MS);
  track.frames += 1;
  track.keyframes += key ? 1 : 0;
  track.firstMs = Math.min(track.firstMs ?? atMs, atMs);
  track.lastMs = isFirst ? atMs : Math.max(track.lastMs, atMs);
  track.endMs = Math.max(track.endMs, atMs + lastsMs);
  track.moments.add(atMs);
}
