import { EncodedVideoPacketSource, FilePathTarget, MkvOutputFormat, Output, type EncodedPacket } from 'mediabunny';
import type { MediaFile } from '../media-file.js';
import { PacketReader } from './packet-reader.js';

/**
 * Writes a small Matroska file with nothing but the key frame at or before each of the moments (milliseconds), one a
 * second. Decoding it costs as many frames as there are moments, however long the recording is.
 */
export async function pickKeyFrames(input: MediaFile, path: string, momentsMs: readonly number[]): Promise<void> {
  const reader = await PacketReader.open(input);
  const output = new Output({ format: new MkvOutputFormat(), target: new FilePathTarget(path) });
  try {
    const source = new EncodedVideoPacketSource((await reader.video.getCodec())!);
    output.addVideoTrack(source, { rotation: await reader.video.getRotation() });
    await output.start();
    const config = { decoderConfig: (await reader.video.getDecoderConfig()) ?? undefined } as EncodedVideoChunkMetadata;
    let key: EncodedPacket | null = null;
    for (const [second, moment] of momentsMs.entries()) {
      key = await reader.keyAt(moment / 1000);
      if (key) await source.add(key.clone({ timestamp: second, duration: 1 }), config);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    reader.close();
  }
}
