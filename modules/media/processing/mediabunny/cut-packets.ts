import { MediaFailed, reject } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import { PacketReader } from './packet-reader.js';
import { soundsOf, picturesOf, type Span } from './packets-in-span.js';
import { withoutGaps } from './without-gaps.js';
import { writePackets } from './write-packets.js';

export interface PacketCut extends WorkOptions {
  readonly container: 'webm' | 'mp4';
  /** Null keeps everything. */
  readonly trim: Trim | null;
  /** Pictures encoded anew for the time from the trim's start to the first key frame after it, where it begins at none. */
  readonly head?: MediaFile | null;
}

/** Seconds; rounding of a millisecond clock. */
const KEY_SLACK = 0.002;
/**
 * Copies packets, undecoded, into a file with an index. A cut begins at a key frame, before the first picture, or with a
 * head, and never holds a packet that reaches outside of the trim.
 * @throws MediaFailed when it would begin anywhere else; MediaRejected when there is no key frame in all of it
 */
export async function cutPackets(input: MediaFile, path: string, cut: PacketCut): Promise<void> {
  cut.signal?.throwIfAborted();
  const reader = await PacketReader.open(input, cut.trim ? 'players' : 'packets');
  const head = cut.head ? await PacketReader.open(cut.head) : null;
  try {
    const span = await spanOf(reader, input, cut);
    const sounds = input.audioCodec === 'opus' ? withoutGaps(soundsOf(reader, span)) : soundsOf(reader, span);
    const packets = { input, reader, pictures: picturesOf(reader, head, span), sounds };
    await writePackets(packets, path, { ...cut, seconds: span.end - span.start });
  } finally {
    reader.close();
    head?.close();
  }
}

async function spanOf(reader: PacketReader, input: MediaFile, { trim, head }: PacketCut): Promise<Span> {
  const [start, end] = [(trim?.startMs ?? 0) / 1000, (trim?.endMs ?? input.durationMs) / 1000];
  const key = await reader.keyFrom(start);
  const beginsBeforePictures = (await reader.shownAt(start)) === null;
  const firstKey = key && (beginsBeforePictures || key.timestamp - reader.zero < end) ? key : null;
  const span = { start, end, firstKey, cut: trim !== null };
  if (head || (firstKey && !trim)) return span;
  if (!trim) reject('TRUNCATED', 'This recording broke off before the first picture arrived.');
  const beginsAtKey = firstKey && firstKey.timestamp - reader.zero - start <= KEY_SLACK;
  if (!beginsBeforePictures && !beginsAtKey) throw new MediaFailed('trimmed file', 'it begins at no key frame');
  return span;
}
