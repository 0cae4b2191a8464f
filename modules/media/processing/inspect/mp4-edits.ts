import { rejectUnsafe } from '../media-errors.js';

/** A part of a track's media that is shown, or a pause. In units of the file and of the track. */
export interface Edit {
  /** In units of the file; 0 means to the end. */
  readonly lasts: number;
  /** Where in the track's media it begins; -1 for a pause. */
  readonly from: number;
}

/** What a list says about one track, all in milliseconds. */
export interface EditedTrack {
  readonly edits: readonly Edit[];
  /** Units a second. */
  readonly fileScale: number;
  readonly trackScale: number;
  /** Of the first picture against the clock that the media's length is counted by: pictures that are stored in another order. */
  readonly firstMs: number;
  readonly endMs: number;
  /** Its media go on after the header, which knows no end of them then. */
  readonly inFragments: boolean;
}

const MOST_EDITS = 32;
const PAUSE = -1;
/** Encoders put so much before the first sound, and give or take a picture at the end. */
const HIDDEN_AT_MOST_MS = 100;

/** An `elst` box, given what follows its head. */
export function readEdits(body: Buffer): Edit[] {
  const [count, wide] = [body.readUInt32BE(4), body[0] === 1];
  if (count > MOST_EDITS) rejectUnsafe('it repeats itself without end');
  const length = wide ? 20 : 12;
  const entries = Math.min(count, Math.floor((body.length - 8) / length));
  return Array.from({ length: entries }, (_, index) => {
    const at = 8 + index * length;
    return wide
      ? { lasts: Number(body.readBigUInt64BE(at)), from: Number(body.readBigInt64BE(at + 8)) }
      : { lasts: body.readUInt32BE(at), from: body.readInt32BE(at + 4) };
  });
}

/** How long players show the track, and whether they leave out a part of it that lies in the file all the same. */
export function shownOf(track: EditedTrack): { readonly shownMs: number; readonly hides: boolean } {
  let [shownMs, reachedMs, hiddenMs] = [0, track.firstMs, 0];
  for (const [index, { lasts, from }] of track.edits.entries()) {
    const lastsMs = (lasts / track.fileScale) * 1000;
    if (from === PAUSE) shownMs += lastsMs;
    if (from === PAUSE) continue;
    const fromMs = (from / track.trackScale) * 1000;
    const isOpen = lasts === 0 || (track.inFragments && index === track.edits.length - 1);
    // No more is shown than is there, whatever is claimed.
    const endMs = Math.max(fromMs, isOpen ? track.endMs : Math.min(fromMs + lastsMs, track.endMs));
    shownMs += endMs - fromMs;
    hiddenMs = Math.max(hiddenMs, Math.abs(fromMs - reachedMs));
    reachedMs = endMs;
  }
  if (track.edits.length > 0) hiddenMs = Math.max(hiddenMs, track.endMs - reachedMs);
  return { shownMs, hides: hiddenMs > HIDDEN_AT_MOST_MS };
}
