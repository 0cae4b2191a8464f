import type { MediaFile } from '../media-file.js';
import { MediaTools, type PlayableFile, type SeekableFile, type SeekableOptions } from '../media-tools.js';
import type { Storyboard, Trim, WorkOptions } from '../media-tools.js';
import { cutExactly, encodeExactly, type CutTools } from '../exact-cut.js';
import { effectiveTrim } from '../trim.js';
import { headArguments, jpegArguments, recutArguments, remuxArguments } from './ffmpeg-arguments.js';
import type { Ffmpeg } from './ffmpeg.js';
import { cutPackets } from '../mediabunny/cut-packets.js';
import { mp4Recipe, onlyCopies, playableRecipe, type Recipe } from './recipe.js';
import { drawStoryboard } from './storyboard.js';

/** Sound that comes earlier than this is seen to be out of step with lips and clicks. */
const NOTICEABLE_MS = 40;
const POSTER_WIDTH = 1280;
const POSTER_QUALITY = 4;

/** Uses ffmpeg, once per result. What it is given has been inspected; what it makes is inspected again. */
export class FfmpegMedia extends MediaTools {
  readonly name = 'ffmpeg';
  protected readonly codecs = {
    video: new Set(['vp8', 'vp9', 'av1', 'h264', 'hevc'] as const),
    audio: new Set(['opus', 'vorbis', 'aac', 'pcm'] as const),
  };

  constructor(private readonly ffmpeg: Ffmpeg) {
    super();
  }

  get version(): string {
    return this.ffmpeg.version;
  }

  protected async seekable(input: MediaFile, output: string, options: SeekableOptions): Promise<SeekableFile> {
    const trim = effectiveTrim(options.trim, input);
    if (trim) {
      const cut = await cutExactly(input, output, { tools: this.cutTools(), trim, options });
      return { ...this.asPlayable(cut), kept: trim };
    }
    const recipe = playableRecipe(input);
    if (lacksSound(input)) await cutPackets(input, output, { ...options, container: 'webm', trim: null });
    else await this.remux('seekable file', input, output, recipe, options);
    return { ...(await this.playable(output, input, recipe)), kept: { startMs: 0, endMs: input.durationMs } };
  }

  /** Decoded: then ffmpeg heeds every part of such a list, while packets are copied with what is hidden before them. */
  protected async shown(input: MediaFile, output: string, { trim, ...options }: WorkOptions & { trim: Trim }) {
    return encodeExactly(input, output, { tools: this.cutTools(), trim, options });
  }

  /** From a tenth into the recording, as the first moments often show the countdown. */
  poster(input: MediaFile, options: WorkOptions = {}): Promise<Buffer> {
    const [longest, exactness] = input.keyframes > 1 ? [10, ['-noaccurate_seek']] : [1, []];
    const at = Math.min(input.durationMs / 10_000, longest).toFixed(3);
    const filters = [`scale='min(${POSTER_WIDTH},iw)':-2`];
    const args = jpegArguments(input, filters, POSTER_QUALITY, ...exactness, '-ss', at);
    return this.ffmpeg.jpeg({ step: 'poster', args, input, effort: 'copy' }, options);
  }

  storyboard(
    input: MediaFile,
    grid: { readonly columns: number; readonly rows: number },
    options: WorkOptions = {},
  ): Promise<Storyboard> {
    return drawStoryboard(input, grid, this.work(options));
  }

  async transcodeMp4(input: MediaFile, output: string, options: WorkOptions = {}): Promise<PlayableFile> {
    const recipe = mp4Recipe(input);
    await this.remux('MP4 file', input, output, recipe, options);
    return this.playable(output, input, recipe);
  }

  private remux(step: string, input: MediaFile, output: string, recipe: Recipe, options: WorkOptions): Promise<void> {
    const effort = onlyCopies(recipe) ? 'copy' : 'encode';
    const args = remuxArguments(input, output, recipe);
    return this.ffmpeg.run({ step, args, input, makes: output, effort }, options);
  }

  private async playable(path: string, input: MediaFile, { video }: Recipe): Promise<PlayableFile> {
    return this.asPlayable(await this.inspectResult(path, input, { pictures: video === 'copy' }));
  }

  private asPlayable(file: MediaFile): PlayableFile {
    return { ...file, mediaType: file.container === 'mp4' ? 'video/mp4' : 'video/webm', tool: this.name };
  }

  private cutTools(): CutTools {
    const encode = (args: string[], input: MediaFile, makes: string, options: WorkOptions) =>
      this.ffmpeg.run({ step: 'trimmed file', args, input, makes, effort: 'encode' }, options);
    return {
      inspect: (path) => this.inspect(path),
      whole: (input, path, options) =>
        this.remux('seekable file', input, path, playableRecipe(input), options).then(() => 0),
      head: (input, path, head, options) => encode(headArguments(input, path, head), input, path, options),
      part: (input, path, trim, options) => encode(recutArguments(input, path, trim), input, path, options),
    };
  }

  private work(options: WorkOptions) {
    return { ffmpeg: this.ffmpeg, inspect: (path: string) => this.inspect(path), options };
  }
}

/** ffmpeg copies packets with the gaps between them; only what it encodes anew has silence there. */
function lacksSound(input: MediaFile): boolean {
  return onlyCopies(playableRecipe(input)) && input.missingSoundMs > NOTICEABLE_MS;
}
