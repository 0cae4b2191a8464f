import { EncodedAudioPacketSource, EncodedVideoPacketSource, FilePathTarget, Mp4OutputFormat } from 'mediabunny';
import { Output, WebMOutputFormat, type EncodedPacket } from 'mediabunny';
import { reject } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import { PacketReader } from './packet-reader.js';
import { soundsOf, picturesOf, type Span } from './packets-in-span.js';

export interface PacketCut extends WorkOptions {
  readonly container: 'webm' | 'mp4';
  /** Null keeps everything. */
  readonly trim: Trim | null;
  /** Pictures encoded anew for the time from the trim's start to the first key frame after it; without them that time is lost. */
  readonly head?: MediaFile | null;
}

/** Packets our survey and mediabunny may count differently. */
const SPARE_PACKETS = 64;

/**
 * Copies packets, undecoded, into a file with an index. A cut begins at a key frame (or with the head) and never holds a
 * packet that reaches outside of the trim.
 * @returns what was kept, in the input's time
 * @throws MediaRejected TRIM_NEEDS_FFMPEG when there is no key frame to begin with
 */
export async function cutPackets(input: MediaFile, path: string, cut: PacketCut): Promise<Trim> {
  const reader = await PacketReader.open(input);
  const head = cut.head ? await PacketReader.open(cut.head) : null;
  const output = new Output({ format: formatOf(cut.container), target: new FilePathTarget(path) });
  try {
    const span = await spanOf(reader, input, cut);
    await copySpan(reader, head, output, span, cut, input);
    return { startMs: Math.round(span.start * 1000), endMs: Math.round(span.end * 1000) };
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    reader.close();
    head?.close();
  }
}

function formatOf(container: PacketCut['container']): WebMOutputFormat | Mp4OutputFormat {
  return container === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'reserve' });
}

async function spanOf(reader: PacketReader, input: MediaFile, { trim, head }: PacketCut): Promise<Span> {
  const end = (trim?.endMs ?? input.durationMs) / 1000;
  const wanted = (trim?.startMs ?? 0) / 1000;
  const key = await reader.keyFrom(wanted);
  const firstKey = key && key.timestamp - reader.zero < end ? key : null;
  if (head) return { start: wanted, end, firstKey };
  if (firstKey) return { start: trim ? firstKey.timestamp - reader.zero : 0, end, firstKey };
  return reject(
    'TRIM_NEEDS_FFMPEG',
    'This recording cannot be cut there exactly: the server has no ffmpeg, and cuts only at certain frames.',
  );
}

async function copySpan(
  reader: PacketReader,
  head: PacketReader | null,
  output: Output,
  span: Span,
  cut: PacketCut,
  input: MediaFile,
): Promise<void> {
  const rotation = await reader.video.getRotation();
  const video = new EncodedVideoPacketSource((await reader.video.getCodec())!);
  output.addVideoTrack(video, { rotation, maximumPacketCount: input.frames + SPARE_PACKETS });
  const audio = reader.audio ? new EncodedAudioPacketSource((await reader.audio.getCodec())!) : null;
  if (audio) output.addAudioTrack(audio, { maximumPacketCount: input.audioPackets + SPARE_PACKETS });
  await output.start();
  const picture = { decoderConfig: (await reader.video.getDecoderConfig()) ?? undefined };
  const sound = { decoderConfig: (await reader.audio?.getDecoderConfig()) ?? undefined };
  const progress = progressOf(cut, span);
  for await (const [kind, packet] of byTime(picturesOf(reader, head, span), soundsOf(reader, span))) {
    cut.signal?.throwIfAborted();
    if (kind === 'picture') await video.add(packet, picture as EncodedVideoChunkMetadata);
    else await audio!.add(packet, sound as EncodedAudioChunkMetadata);
    progress(packet.timestamp);
  }
  await output.finalize();
}

type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

/** Merges two tracks so that neither has to be held back in memory. */
async function* byTime(pictures: Packets, sounds: Packets): AsyncGenerator<['picture' | 'sound', EncodedPacket]> {
  try {
    let [picture, sound] = [await pictures.next(), await sounds.next()];
    while (!picture.done || !sound.done) {
      if (!picture.done && (sound.done || picture.value.timestamp <= sound.value.timestamp)) {
        yield ['picture', picture.value];
        picture = await pictures.next();
      } else if (!sound.done) {
        yield ['sound', sound.value];
        sound = await sounds.next();
      }
    }
  } finally {
    await pictures.return();
    await sounds.return();
  }
}

/** Reports at most once per percent. */
function progressOf({ onProgress }: WorkOptions, { start, end }: Span): (seconds: number) => void {
  let reported = 0;
  return (seconds) => {
    const percent = Math.min(100, Math.floor((seconds / (end - start)) * 100));
    if (percent <= reported) return;
    reported = percent;
    onProgress?.(percent / 100);
  };
}
