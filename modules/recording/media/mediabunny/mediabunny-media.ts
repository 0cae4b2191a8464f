import { MediaFailed, MediaRejected } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import {
  MediaTools,
  type PlayableFile,
  type SeekableFile,
  type SeekableOptions,
  type Trim,
  type WorkOptions,
} from '../media-tools.js';
import { effectiveTrim } from '../trim.js';
import { cutPackets, type PacketCut } from './cut-packets.js';

/** Pure TypeScript does about 20 MB/s; a tenth of that is waited for. */
const BYTES_PER_MS = 2_000;
const SHORTEST_TIMEOUT_MS = 60_000;

/**
 * Makes do without any system package: it moves packets from file to file and never decodes one. So there is no poster
 * (the customer's browser brings one), no storyboard, and a trim begins at a key frame, later than asked, never earlier.
 */
export class MediabunnyMedia extends MediaTools {
  readonly name = 'mediabunny';
  protected readonly codecs = {
    video: new Set(['vp8', 'vp9', 'av1', 'h264'] as const),
    audio: new Set(['opus', 'vorbis', 'aac'] as const),
  };

  constructor(readonly version: string) {
    super();
  }

  async makeSeekable(input: MediaFile, output: string, options: SeekableOptions = {}): Promise<SeekableFile> {
    const trim = effectiveTrim(options.trim, input);
    const container = input.container === 'mp4' || input.videoCodec === 'h264' ? 'mp4' : 'webm';
    const kept = await this.copy(input, output, { ...options, container, trim });
    const mediaType = `video/${container}` as const;
    return { ...(await this.inspectResult(output, input)), mediaType, kept, tool: this.name };
  }

  poster(): Promise<null> {
    return Promise.resolve(null);
  }

  storyboard(): Promise<null> {
    return Promise.resolve(null);
  }

  async transcodeMp4(input: MediaFile, output: string, options: WorkOptions = {}): Promise<PlayableFile | null> {
    const sound = input.audioCodec === null || input.audioCodec === 'aac';
    if (input.videoCodec !== 'h264' || !sound) return null;
    await this.copy(input, output, { ...options, container: 'mp4', trim: null });
    return { ...(await this.inspectResult(output, input)), mediaType: 'video/mp4', tool: this.name };
  }

  private async copy(input: MediaFile, output: string, cut: PacketCut): Promise<Trim> {
    const timeout = AbortSignal.timeout(SHORTEST_TIMEOUT_MS + Math.ceil(input.bytes / BYTES_PER_MS));
    const signal = cut.signal ? AbortSignal.any([cut.signal, timeout]) : timeout;
    try {
      return await cutPackets(input, output, { ...cut, signal });
    } catch (error) {
      cut.signal?.throwIfAborted();
      if (error instanceof MediaRejected) throw error;
      throw new MediaFailed('seekable file', timeout.aborted ? 'it took too long' : String(error));
    }
  }
}
