import { MediaFailed } from './media-errors.js';
import type { MediaFile } from './media-file.js';

/** The same moment in two containers, with what an encoder puts before its first sound. */
const TOLERANCE_MS = 100;
/** Those of which a file says that they are not to be shown or heard. */
const SPARE = { packets: 3, part: 0.01 };

/**
 * What was made of all of a file holds all of it, before the file itself goes: its length, its sound, and of what was copied
 * every packet.
 * @throws MediaFailed
 */
export function assertWhole(result: MediaFile, input: MediaFile, copied: { readonly pictures: boolean }): void {
  const lost = lossOf(result, input, copied);
  if (lost) throw new MediaFailed('result', lost);
}

function lossOf(result: MediaFile, input: MediaFile, { pictures }: { readonly pictures: boolean }): string | null {
  if (result.hides) return 'it hides a part of what lies in it';
  if (input.truncated) return null; // it declares more than arrived
  const [before, after] = [input, result].map(({ durationMs }) => Math.round(durationMs)) as [number, number];
  // A clock that jumped was never that of the pictures.
  if (!input.jumps && Math.abs(after - before) > TOLERANCE_MS) return `it lasts ${after} ms instead of ${before} ms`;
  if (input.audioCodec && !result.audioCodec) return 'its sound is gone';
  if (pictures && isShort(result.frames, input.frames)) return `${result.frames} of ${input.frames} pictures are there`;
  const sounds = result.audioCodec === input.audioCodec && isShort(result.audioPackets, input.audioPackets);
  return sounds ? `${result.audioPackets} of ${input.audioPackets} sounds are there` : null;
}

function isShort(after: number, before: number): boolean {
  return after < before - Math.max(SPARE.packets, before * SPARE.part);
}
