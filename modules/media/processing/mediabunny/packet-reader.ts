import { EncodedPacketSink, FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import type { EncodedPacket, InputAudioTrack, InputVideoTrack } from 'mediabunny';
import { MediaFailed } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import { takingTurns } from './taking-turns.js';

/** The encoded packets of an inspected file. Times in seconds, counted from zero. */
export class PacketReader {
  private constructor(
    private readonly input: Input,
    readonly video: InputVideoTrack,
    readonly audio: InputAudioTrack | null,
    /** On the file's own clock. */
    readonly zero: number,
  ) {}

  /**
   * @param from where zero is: at the first packet of any track, or, as players have it, not before the file's own zero.
   * AAC begins with a packet before that, which is decoded and never heard.
   */
  static async open({ path, audioCodec }: MediaFile, from: 'packets' | 'players' = 'packets'): Promise<PacketReader> {
    const input = new Input({ formats: [WEBM, MATROSKA, MP4, QTFF], source: new FilePathSource(path) });
    try {
      const [video] = await input.getVideoTracks();
      const [audio] = audioCodec ? await input.getAudioTracks() : [];
      if (!video) throw new MediaFailed('list of tracks', 'the picture is gone');
      const first = await input.getFirstTimestamp(audio ? [video, audio] : [video]);
      return new PacketReader(input, video, audio ?? null, from === 'players' ? Math.max(0, first) : first);
    } catch (error) {
      input.dispose();
      throw error;
    }
  }

  /** The picture that is on the screen at that moment, and the key frame it is built on. */
  async shownAt(seconds: number): Promise<EncodedPacket | null> {
    return new EncodedPacketSink(this.video).getPacket(seconds + this.zero, { metadataOnly: true });
  }

  /** Last key frame not after the moment, or else the first there is. */
  async keyAt(seconds: number): Promise<EncodedPacket | null> {
    const sink = new EncodedPacketSink(this.video);
    return (await sink.getKeyPacket(seconds + this.zero)) ?? sink.getFirstKeyPacket();
  }

  /** First key frame not before the moment. */
  async keyFrom(seconds: number): Promise<EncodedPacket | null> {
    const sink = new EncodedPacketSink(this.video);
    const before = await sink.getKeyPacket(seconds + this.zero);
    if (!before) return sink.getFirstKeyPacket();
    return before.timestamp - this.zero >= seconds ? before : sink.getNextKeyPacket(before);
  }

  /** Whether pictures are stored in the order they are shown in, so that those up to a moment need none from after it. */
  async isInOrder(): Promise<boolean> {
    let last = -Infinity;
    const turn = takingTurns();
    for await (const { timestamp } of this.pictures(true)) {
      await turn();
      if (timestamp < last) return false;
      last = timestamp;
    }
    return true;
  }

  pictures(metadataOnly: boolean): AsyncGenerator<EncodedPacket, void, unknown> {
    return new EncodedPacketSink(this.video).packets(undefined, undefined, { metadataOnly });
  }

  async *sounds(metadataOnly: boolean): AsyncGenerator<EncodedPacket, void, unknown> {
    if (this.audio) yield* new EncodedPacketSink(this.audio).packets(undefined, undefined, { metadataOnly });
  }

  videoFrom(start?: EncodedPacket): AsyncGenerator<EncodedPacket, void, unknown> {
    return new EncodedPacketSink(this.video).packets(start);
  }

  async *audioFrom(seconds: number): AsyncGenerator<EncodedPacket, void, unknown> {
    if (!this.audio) return;
    const sink = new EncodedPacketSink(this.audio);
    const start = await sink.getPacket(seconds + this.zero);
    yield* sink.packets(start ?? undefined);
  }

  close(): void {
    this.input.dispose();
  }
}
