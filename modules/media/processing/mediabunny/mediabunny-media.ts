import { rm } from 'node:fs/promises';
import type { SandboxedEncoder } from '../encoder/sandboxed-encoder.js';
import { cutExactly, type CutTools } from '../exact-cut.js';
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
import { stepOf } from '../progress.js';
import { effectiveTrim } from '../trim.js';
import { cutPackets, type PacketCut } from './cut-packets.js';
import { PacketReader } from './packet-reader.js';

/** Pure TypeScript does about 20 MB/s; a tenth of that is waited for. */
const BYTES_PER_MS = 2_000;
const SHORTEST_TIMEOUT_MS = 60_000;

/**
 * Makes do without any system package: it moves packets from file to file and never decodes one, but for what a trim
 * needs encoded anew, which a process of its own does. So there is no poster (the customer's browser brings one) and no
 * storyboard.
 */
export class MediabunnyMedia extends MediaTools {
  readonly name = 'mediabunny';
  protected readonly codecs = {
    video: new Set(['vp8', 'vp9', 'av1', 'h264'] as const),
    audio: new Set(['opus', 'vorbis', 'aac'] as const),
  };

  /** @param encoder null where this machine has none: then only trims that begin at key frames come true */
  constructor(
    readonly version: string,
    private readonly encoder: SandboxedEncoder | null,
  ) {
    super();
  }

  protected async seekable(input: MediaFile, output: string, options: SeekableOptions): Promise<SeekableFile> {
    const trim = effectiveTrim(options.trim, input);
    const file = trim
      ? await cutExactly(input, output, { tools: this.cutTools(), trim, options })
      : await this.whole(input, output, options).then(() => this.inspectResult(output, input));
    const mediaType = file.container === 'mp4' ? 'video/mp4' : 'video/webm';
    return { ...file, mediaType, kept: trim ?? { startMs: 0, endMs: input.durationMs }, tool: this.name };
  }

  protected shown(input: MediaFile, output: string, { trim, ...options }: WorkOptions & { trim: Trim }) {
    return cutExactly(input, output, { tools: this.cutTools(), trim, options });
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

  private whole(input: MediaFile, output: string, options: WorkOptions): Promise<void> {
    const { container, videoCodec, audioCodec } = input;
    const needsMp4 = container === 'mp4' || videoCodec === 'h264' || audioCodec === 'aac';
    return this.copy(input, output, { ...options, container: needsMp4 ? 'mp4' : 'webm', trim: null });
  }

  private cutTools(): CutTools {
    return {
      inspect: (path) => this.inspect(path),
      whole: (input, path, options) => this.whole(input, path, options).then(() => hiddenLeadMs(input)),
      head: (input, path, head, options) => this.needEncoder().encode('head', input, path, head, options),
      part: (input, path, trim, options) => this.part(input, path, trim, options),
    };
  }

  private async part(input: MediaFile, output: string, trim: Trim, options: WorkOptions): Promise<void> {
    const encoded = `${output}.part`;
    try {
      await this.needEncoder().encode('part', input, encoded, trim, stepOf(options, 0, 0.9));
      const made = await this.inspect(encoded);
      // Once more, for the index to lie in front.
      await this.copy(made, output, { ...stepOf(options, 0.9, 1), container: 'mp4', trim: null });
    } finally {
      await rm(encoded, { force: true });
    }
  }

  private needEncoder(): SandboxedEncoder {
    if (this.encoder) return this.encoder;
    throw new MediaFailed('trimmed file', 'this machine has neither ffmpeg nor the encoders of the package');
  }

  private async copy(input: MediaFile, output: string, cut: PacketCut): Promise<void> {
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

/** Copying brings the first packet to zero, also one that players would leave out. */
async function hiddenLeadMs(input: MediaFile): Promise<number> {
  const reader = await PacketReader.open(input);
  reader.close();
  return Math.max(0, -reader.zero * 1000);
}
