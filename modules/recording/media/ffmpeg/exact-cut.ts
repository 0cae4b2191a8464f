import { rm } from 'node:fs/promises';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import { cutPackets } from '../mediabunny/cut-packets.js';
import { PacketReader } from '../mediabunny/packet-reader.js';
import { stepOf } from '../progress.js';
import { headArguments, recutArguments, remuxArguments, type Head } from './ffmpeg-arguments.js';
import type { Ffmpeg } from './ffmpeg.js';
import { onlyCopies, playableRecipe } from './recipe.js';

export interface ExactCut {
  readonly ffmpeg: Ffmpeg;
  readonly inspect: (path: string) => Promise<MediaFile>;
  readonly trim: Trim;
  readonly options: WorkOptions;
}

/**
 * Cuts at any moment, not only at key frames. For VP8 and VP9 only the pictures from the cut to the next key frame are
 * encoded anew and everything after is copied, so an hour is cut in seconds and keeps its quality; other codecs, whose
 * settings are stored once for the whole file, are encoded anew throughout.
 */
export async function cutExactly(input: MediaFile, output: string, cut: ExactCut): Promise<void> {
  const [whole, head] = [`${output}.whole`, `${output}.head`];
  const { ffmpeg, options, trim } = cut;
  try {
    const recipe = playableRecipe(input);
    const effort = onlyCopies(recipe) ? 'copy' : 'encode';
    await ffmpeg.run('seekable file', remuxArguments(input, whole, recipe), input, effort, stepOf(options, 0, 0.2));
    const seekable = await cut.inspect(whole);
    const edge = await edgeOf(seekable, trim);
    if (!edge) {
      const recut = recutArguments(seekable, output, trim);
      return await ffmpeg.run('trimmed file', recut, seekable, 'encode', stepOf(options, 0.2, 1));
    }
    if (edge.endMs > edge.startMs) {
      const args = headArguments(seekable, head, edge);
      await ffmpeg.run('trimmed file', args, seekable, 'encode', stepOf(options, 0.2, 0.5));
    }
    const recoded = edge.endMs > edge.startMs ? await cut.inspect(head) : null;
    await cutPackets(seekable, output, { ...stepOf(options, 0.5, 1), container: 'webm', trim, head: recoded });
  } finally {
    await Promise.all([whole, head].map((path) => rm(path, { force: true })));
  }
}

/**
 * What must be encoded anew at the beginning: from the trim's start to the next key frame, or to its end.
 * Null when the codec does not allow to join what two encoders made.
 */
async function edgeOf(file: MediaFile, trim: Trim): Promise<Head | null> {
  if (file.videoCodec !== 'vp8' && file.videoCodec !== 'vp9') return null;
  const reader = await PacketReader.open(file);
  try {
    const codec = await reader.video.getCodecParameterString();
    // Other profiles of VP9 have other pixels; a decoder does not change over in mid-stream.
    if (file.videoCodec === 'vp9' && !codec?.startsWith('vp09.00')) return null;
    const start = trim.startMs / 1000;
    const [shown, key] = [await reader.shownAt(start), await reader.keyFrom(start)];
    const toMs = (seconds: number): number => Math.round((seconds - reader.zero) * 1000);
    const endMs = Math.min(key ? toMs(key.timestamp) : Infinity, trim.endMs);
    return { startMs: trim.startMs, endMs, firstFrameMs: shown ? toMs(shown.timestamp) : trim.startMs };
  } finally {
    reader.close();
  }
}
