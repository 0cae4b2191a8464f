import { EncodedVideoPacketSource, FilePathTarget, MkvOutputFormat, Output } from 'mediabunny';
import type { MediaFile } from '../media-file.js';
import { PacketReader } from './packet-reader.js';
import { CHUNK_BYTES } from './taking-turns.js';

/**
 * Writes a small Matroska file with nothing but the key frame at or before each of the moments (milliseconds), one a
 * second. Decoding it costs as many frames as there are moments, however long the recording is.
 */
export async function pickKeyFrames(input: MediaFile, path: string, momentsMs: readonly number[]): Promise<void> {
  const reader = await PacketReader.open(input);
  try {
    const source = new EncodedVideoPacketSource((await reader.video.getCodec())!);
    const rotation = await reader.video.getRotation();
    const picture = { decoderConfig: (await reader.video.getDecoderConfig())! };
    const output = new Output({
      format: new MkvOutputFormat(),
      target: new FilePathTarget(path, { chunkSize: CHUNK_BYTES }),
    });
    output.addVideoTrack(source, { rotation });
    await output.start();
    for (const [second, moment] of momentsMs.entries()) {
      const key = await reader.keyAt(moment / 1000);
      if (key) await source.add(key.clone({ timestamp: second, duration: 1 }), picture);
    }
    await output.finalize();
  } finally {
    reader.close();
  }
}
