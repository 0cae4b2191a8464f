import { rm } from 'node:fs/promises';
import { MediaFailed } from './media-errors.js';
import type { MediaFile } from './media-file.js';
import type { Trim, WorkOptions } from './media-tools.js';
import { cutPackets } from './mediabunny/cut-packets.js';
import { PacketReader } from './mediabunny/packet-reader.js';
import { stepOf } from './progress.js';

/** A part of a file, or the beginning of one. */
export interface Head extends Trim {
  /** When the picture that is on the screen at the start appeared. */
  readonly firstFrameMs: number;
}

/** What one set of tools does for an exact cut. */
export interface CutTools {
  inspect(path: string): Promise<MediaFile>;
  /**
   * All of it, with an index, its clock at zero, and sound that may be copied into the result.
   * @returns how many milliseconds later everything is in it than players show it in the input
   */
  whole(input: MediaFile, output: string, options: WorkOptions): Promise<number>;
  /** The pictures of a head in the codec of the input, as WebM without sound. */
  head(input: MediaFile, output: string, head: Head, options: WorkOptions): Promise<void>;
  /** The part encoded anew, H.264 and AAC. */
  part(input: MediaFile, output: string, part: Head, options: WorkOptions): Promise<void>;
}

/** A result whose length is off by more is not the part that was asked for. */
const TOLERANCE_MS = 100;
/** Rounding of a millisecond clock. */
const SLACK_MS = 1;

/**
 * Cuts at any moment, not only at key frames. Where the cut begins at a key frame, all is copied; for VP8 and VP9 only
 * the pictures up to the next key frame are encoded anew, so an hour is cut in seconds and keeps its quality. Everything
 * else, and whatever does not come out as asked, is encoded anew throughout.
 * @returns the result, opened and measured
 * @throws MediaFailed when no way leads to the part that was asked for; never is the file taken to be at fault
 */
export async function cutExactly(
  input: MediaFile,
  output: string,
  { tools, trim: wanted, options }: { tools: CutTools; trim: Trim; options: WorkOptions },
): Promise<MediaFile> {
  const [whole, head] = [`${output}.whole`, `${output}.head`];
  try {
    const lateMs = await tools.whole(input, whole, stepOf(options, 0, 0.2));
    const seekable = await tools.inspect(whole);
    const trim = { startMs: wanted.startMs + lateMs, endMs: wanted.endMs + lateMs };
    const joined = await join({ tools, trim, options, seekable, head, output });
    if (joined) return joined;
    await tools.part(seekable, output, await withFirstFrame(seekable, trim), stepOf(options, 0.2, 1));
    return measured(await tools.inspect(output), trim);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof MediaFailed ? error : new MediaFailed('trimmed file', String(error));
  } finally {
    await Promise.all([whole, head].map((path) => rm(path, { force: true })));
  }
}

/** The same, encoded anew throughout, of a part that begins with the first picture. */
export async function encodeExactly(
  input: MediaFile,
  output: string,
  { tools, trim, options }: { tools: CutTools; trim: Trim; options: WorkOptions },
): Promise<MediaFile> {
  await tools.part(input, output, { ...trim, firstFrameMs: trim.startMs }, options);
  return measured(await tools.inspect(output), trim);
}

interface Joining {
  readonly tools: CutTools;
  readonly trim: Trim;
  readonly options: WorkOptions;
  readonly seekable: MediaFile;
  readonly head: string;
  readonly output: string;
}

/** Null when this codec does not allow it, or it went wrong: then there is the other way. */
async function join({ tools, trim, options, seekable, head, output }: Joining): Promise<MediaFile | null> {
  const edge = await edgeOf(seekable, trim);
  if (!edge) return null;
  try {
    const needed = edge.endMs > edge.startMs;
    if (needed) await tools.head(seekable, head, edge, stepOf(options, 0.2, 0.5));
    const recoded = needed ? await tools.inspect(head) : null;
    await cutPackets(seekable, output, {
      ...stepOf(options, 0.5, 1),
      container: containerOf(seekable),
      trim,
      head: recoded,
    });
    return measured(await tools.inspect(output), trim);
  } catch {
    options.signal?.throwIfAborted();
    return null;
  }
}

/** What WebM cannot hold goes into MP4. */
function containerOf({ videoCodec, audioCodec }: MediaFile): 'webm' | 'mp4' {
  return videoCodec === 'h264' || videoCodec === 'hevc' || audioCodec === 'aac' ? 'mp4' : 'webm';
}

function measured(file: MediaFile, { startMs, endMs }: Trim): MediaFile {
  const [wanted, found] = [Math.round(endMs - startMs), Math.round(file.durationMs)];
  if (Math.abs(found - wanted) > TOLERANCE_MS)
    throw new MediaFailed('trimmed file', `it lasts ${found} ms instead of ${wanted} ms`);
  if (file.hides) throw new MediaFailed('trimmed file', 'it hides a part of what lies in it');
  // WebM does not tell how long its last picture stays, and of one that lasts no time players show nothing.
  if (found === 0) throw new MediaFailed('trimmed file', 'its only picture lasts no time');
  return file;
}

/**
 * What must be encoded anew at the beginning: from the trim's start to the next key frame, or to its end; nothing when it
 * begins at a key frame, or before the first picture, since that time belongs to that picture.
 * Null when the codec does not allow to join what two encoders made, or to leave off the end.
 */
async function edgeOf(file: MediaFile, trim: Trim): Promise<Head | null> {
  const reader = await PacketReader.open(file, 'players');
  try {
    const start = trim.startMs / 1000;
    const [shown, key] = [await reader.shownAt(start), await reader.keyFrom(start)];
    const toMs = (seconds: number): number => Math.round((seconds - reader.zero) * 1000);
    const keyMs = key ? toMs(key.timestamp) : Infinity;
    const none = { startMs: trim.startMs, endMs: trim.startMs, firstFrameMs: trim.startMs };
    if ((!shown && key) || keyMs - trim.startMs <= SLACK_MS) return (await reader.isInOrder()) ? none : null;
    if (!(await joinable(file, reader))) return null;
    return { ...none, endMs: Math.min(keyMs, trim.endMs), firstFrameMs: shown ? toMs(shown.timestamp) : trim.startMs };
  } finally {
    reader.close();
  }
}

async function withFirstFrame(file: MediaFile, trim: Trim): Promise<Head> {
  const reader = await PacketReader.open(file, 'players');
  try {
    const shown = await reader.shownAt(trim.startMs / 1000);
    return { ...trim, firstFrameMs: shown ? Math.round((shown.timestamp - reader.zero) * 1000) : trim.startMs };
  } finally {
    reader.close();
  }
}

/** Other codecs keep their settings once for the whole file, other profiles of VP9 have other pixels; decoders do not change over. */
async function joinable({ videoCodec }: MediaFile, { video }: PacketReader): Promise<boolean> {
  if (videoCodec === 'vp9') return ((await video.getCodecParameterString()) ?? '').startsWith('vp09.00');
  return videoCodec === 'vp8';
}
