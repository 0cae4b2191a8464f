import { MAX_PACKETS } from '../media-file.js';
import { rejectUnsafe } from '../media-errors.js';
import { readVint, vintLength } from './ebml.js';
import { opusMilliseconds } from './opus.js';
import { addFrame, type TrackSurvey } from './survey.js';

/** Longest head of a block: track number (8), time (2), flags (1), number of laced frames (1). */
export const BLOCK_HEAD_BYTES = 12;
const LACING = 0x06;
const KEY_FRAME = 0x80;

/** Milliseconds a block may state beyond the cluster and its own frame's duration. */
export interface BlockFacts {
  readonly clusterMs: number;
  /** Milliseconds of one unit of time. */
  readonly unitMs: number;
  /** Null in a SimpleBlock, whose flags tell. */
  readonly key: boolean | null;
  readonly durationMs: number | null;
}

/** Counts the frames of every block towards its track. */
export class BlockCounter {
  private packets = 0;

  constructor(private readonly trackOf: (number: number) => TrackSurvey | undefined) {}

  /** `size` is the block's whole payload, `head` its first bytes. */
  add(head: Buffer, size: number, facts: BlockFacts): void {
    const numberLength = vintLength(head, 0, 8);
    if (numberLength === null || head.length < numberLength + 3) return;
    const track = this.trackOf(readVint(head, 0, numberLength));
    const flags = head[numberLength + 2]!;
    const laced = flags & LACING ? (head[numberLength + 3] ?? 0) + 1 : 1;
    this.packets += laced;
    if (this.packets > MAX_PACKETS) rejectUnsafe('it holds more frames than any recording');
    if (!track) return;
    if (laced > 1) checkLacing(track, laced, size - numberLength - 4);
    const atMs = facts.clusterMs + head.readInt16BE(numberLength) * facts.unitMs;
    addFrame(track, atMs, facts.key ?? (flags & KEY_FRAME) !== 0, facts.durationMs);
    track.frames += laced - 1;
    if (track.codec === 'opus' && laced === 1) track.soundMs += opusMilliseconds(head.subarray(numberLength + 3));
  }
}

/** Lacing packs small sound frames together; in a picture, or with empty frames, it only serves to multiply. */
function checkLacing(track: TrackSurvey, frames: number, bytes: number): void {
  if (track.kind === 'video') rejectUnsafe('its picture frames are packed into one another');
  if (bytes < frames) rejectUnsafe('it declares more frames than bytes');
}
