import { EncodedAudioPacketSource, EncodedVideoPacketSource, FilePathTarget, Mp4OutputFormat } from 'mediabunny';
import { Output, WebMOutputFormat } from 'mediabunny';
import type { AudioTrackMetadata, EncodedPacket, VideoTrackMetadata } from 'mediabunny';
import { SILENCE_MS } from '../inspect/opus.js';
import { MediaFailed, reject } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import { PacketReader } from './packet-reader.js';
import { soundsOf, picturesOf, type Span } from './packets-in-span.js';
import { withoutGaps } from './without-gaps.js';

export interface PacketCut extends WorkOptions {
  readonly container: 'webm' | 'mp4';
  /** Null keeps everything. */
  readonly trim: Trim | null;
  /** Pictures encoded anew for the time from the trim's start to the first key frame after it, where it begins at none. */
  readonly head?: MediaFile | null;
}

/** Seconds; rounding of a millisecond clock. */
const KEY_SLACK = 0.002;
/** Packets our survey and mediabunny may count differently. */
const SPARE_PACKETS = 64;

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
    const tracks = await tracksOf(reader, input);
    const sounds = input.audioCodec === 'opus' ? withoutGaps(soundsOf(reader, span)) : soundsOf(reader, span);
    await copySpan({ reader, head, sounds, span, tracks, path, cut });
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

interface Tracks {
  readonly video: EncodedVideoPacketSource;
  readonly videoMetadata: VideoTrackMetadata;
  readonly picture: EncodedVideoChunkMetadata;
  readonly audio: EncodedAudioPacketSource | null;
  readonly audioMetadata: AudioTrackMetadata;
  readonly sound: EncodedAudioChunkMetadata;
}

async function tracksOf({ video, audio }: PacketReader, input: MediaFile): Promise<Tracks> {
  const silences = Math.ceil(input.missingSoundMs / SILENCE_MS);
  return {
    video: new EncodedVideoPacketSource((await video.getCodec())!),
    videoMetadata: { rotation: await video.getRotation(), maximumPacketCount: input.frames + SPARE_PACKETS },
    picture: { decoderConfig: (await video.getDecoderConfig())! },
    audio: audio && new EncodedAudioPacketSource((await audio.getCodec())!),
    audioMetadata: { maximumPacketCount: input.audioPackets + silences + SPARE_PACKETS },
    sound: audio ? { decoderConfig: (await audio.getDecoderConfig())! } : {},
  };
}

interface Copying {
  readonly reader: PacketReader;
  readonly head: PacketReader | null;
  readonly sounds: Packets;
  readonly span: Span;
  readonly tracks: Tracks;
  readonly path: string;
  readonly cut: PacketCut;
}

async function copySpan({ reader, head, sounds, span, tracks, path, cut }: Copying): Promise<void> {
  const { video, audio, picture, sound } = tracks;
  // The target opens its file at once and closes it only when the output was started, so nothing may fail in between.
  const output = new Output({ format: formatOf(cut.container), target: new FilePathTarget(path) });
  output.addVideoTrack(video, tracks.videoMetadata);
  if (audio) output.addAudioTrack(audio, tracks.audioMetadata);
  try {
    await output.start();
    const progress = progressOf(cut, span);
    for await (const [kind, packet] of byTime(picturesOf(reader, head, span), sounds)) {
      cut.signal?.throwIfAborted();
      if (kind === 'picture') await video.add(packet, picture);
      else await audio!.add(packet, sound);
      progress(packet.timestamp);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
}

function formatOf(container: PacketCut['container']): WebMOutputFormat | Mp4OutputFormat {
  return container === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'reserve' });
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
