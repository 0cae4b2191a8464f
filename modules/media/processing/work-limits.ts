import type { MediaFile } from './media-file.js';

/** What is done to a file: packets are moved, pictures looked at, or made anew. */
export type Effort = 'copy' | 'decode' | 'encode';

/** For whatever the work is, on a machine that is busy. */
const SHORTEST_MS = 120_000;
/** Nothing is worth more of a machine that others wait for. */
const LONGEST_MS = 2 * 3_600_000;
/** Copying is as fast as the disk; even a slow one moves this much. */
const COPIED_BYTES_PER_MS = 4_000;
/** ffmpeg takes 2 to 5 ns on one processor; others may be at work on it, too. */
const NS_PER_PIXEL: Readonly<Record<Effort, number>> = { copy: 0, decode: 20, encode: 60 };
const MS_PER_SOUND_PACKET: Readonly<Record<Effort, number>> = { copy: 0, decode: 0, encode: 4 };
/** A window that is made larger gets more pixels than the file began with. */
const FEWEST_PIXELS = 1920 * 1080;

/**
 * How long the work may take: by bytes, pictures and sounds that are really there, never by how long the file says it
 * is, which costs its sender nothing.
 */
export function patienceFor(file: MediaFile, effort: Effort): number {
  const pixels = Math.max(FEWEST_PIXELS, file.width * file.height) * file.frames;
  const pictures = (pixels * NS_PER_PIXEL[effort]) / 1_000_000;
  const sounds = file.audioPackets * MS_PER_SOUND_PACKET[effort];
  return Math.round(Math.min(LONGEST_MS, SHORTEST_MS + file.bytes / COPIED_BYTES_PER_MS + pictures + sounds));
}

/** How large a file may become that is made of this one: a picture encoded anew may take more than it did. */
export function roomFor({ bytes }: MediaFile): number {
  return 1024 ** 3 + 8 * bytes;
}
