import { EncodedAudioPacketSource, EncodedVideoPacketSource, FilePathTarget, MkvOutputFormat } from 'mediabunny';
import { MovOutputFormat, Mp4OutputFormat, Output, WebMOutputFormat } from 'mediabunny';
import type { AudioTrackMetadata, EncodedPacket, OutputFormat, VideoTrackMetadata } from 'mediabunny';
import { SILENCE_MS } from '../inspect/opus.js';
import type { MediaFile } from '../media-file.js';
import type { WorkOptions } from '../media-tools.js';
import type { PacketReader } from './packet-reader.js';
import { CHUNK_BYTES, takingTurns } from './taking-turns.js';

export type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

/** Where they come from, and what of them. */
export interface PacketsOf {
  readonly input: MediaFile;
  readonly reader: PacketReader;
  readonly pictures: Packets;
  readonly sounds: Packets;
}

export interface Writing extends WorkOptions {
  readonly container: keyof typeof FORMATS;
  /** How long all of it lasts, for the progress. */
  readonly seconds: number;
}

/** Matroska and QuickTime hold whatever there is, for a file that only we read. */
const FORMATS = {
  webm: () => new WebMOutputFormat(),
  mp4: () => new Mp4OutputFormat({ fastStart: 'reserve' }),
  matroska: () => new MkvOutputFormat(),
  quicktime: () => new MovOutputFormat({ fastStart: false }),
} satisfies Record<string, () => OutputFormat>;
/** Packets our survey and mediabunny may count differently. */
const SPARE_PACKETS = 64;

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

/** Puts packets of both tracks into a new file with an index. */
export async function writePackets(packets: PacketsOf, path: string, writing: Writing): Promise<void> {
  const tracks = await tracksOf(packets.reader, packets.input);
  const { video, audio, picture, sound } = tracks;
  // The target opens its file at once and closes it only when the output was started, so nothing may fail in between.
  const output = new Output({
    format: FORMATS[writing.container](),
    target: new FilePathTarget(path, { chunkSize: CHUNK_BYTES }),
  });
  output.addVideoTrack(video, tracks.videoMetadata);
  if (audio) output.addAudioTrack(audio, tracks.audioMetadata);
  try {
    await output.start();
    const [progress, turn] = [progressOf(writing), takingTurns()];
    const ends = { picture: () => video.close(), sound: () => audio?.close() };
    for await (const [kind, packet] of sideBySide(packets, ends)) {
      await turn();
      writing.signal?.throwIfAborted();
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

/**
 * Merges two tracks so that neither has to be held back in memory. Each gives its next packet once the other has come as
 * far as the one before: the muxer writes nothing until it knows what comes next in every track, and if it did not for an
 * hour, it would write that hour without a pause, and the slower the longer it is.
 */
async function* sideBySide(
  { pictures, sounds }: PacketsOf,
  ends: { readonly picture: () => void; readonly sound: () => void },
): AsyncGenerator<['picture' | 'sound', EncodedPacket]> {
  let [pictureAt, soundAt] = [-Infinity, -Infinity];
  try {
    while (pictureAt < Infinity || soundAt < Infinity) {
      const kind = pictureAt <= soundAt ? 'picture' : 'sound';
      const next = await (kind === 'picture' ? pictures : sounds).next();
      if (next.done) ends[kind]();
      else yield [kind, next.value];
      const at = next.done ? Infinity : next.value.timestamp;
      if (kind === 'picture') pictureAt = at;
      else soundAt = at;
    }
  } finally {
    await pictures.return();
    await sounds.return();
  }
}

/** Reports at most once per percent. */
function progressOf({ onProgress, seconds: all }: Writing): (seconds: number) => void {
  let reported = 0;
  return (seconds) => {
    const percent = Math.min(100, Math.floor((seconds / all) * 100));
    if (percent <= reported) return;
    reported = percent;
    onProgress?.(percent / 100);
  };
}
