import { dirname } from 'node:path';
import { MediaFailed } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import type { WorkOptions } from '../media-tools.js';
import { runTool } from './run-tool.js';

const LARGEST_OUTPUT = 16 * 1024 * 1024;
const SHORTEST_TIMEOUT_MS = 60_000;
/** Copying is as fast as the disk; even a slow one moves this much. */
const COPIED_BYTES_PER_MS = 4_000;

/** How long the work may take, by what it has to do with the file. */
export type Effort = 'copy' | 'decode' | 'encode';

/** The ffmpeg program on this machine. */
export class Ffmpeg {
  constructor(
    private readonly command: string,
    readonly version: string,
  ) {}

  /** Runs it on an inspected file; progress is that of its output's time against the input's. */
  async run(
    step: string,
    args: readonly string[],
    input: MediaFile,
    effort: Effort,
    options: WorkOptions,
  ): Promise<void> {
    const onOutput = (text: string): void => reportProgress(text, input, options);
    await this.start(step, args, input, effort, { ...options, onOutput });
  }

  /** Runs it for one JPEG on its standard output. */
  async jpeg(
    step: string,
    args: readonly string[],
    input: MediaFile,
    effort: Effort,
    options: WorkOptions,
  ): Promise<Buffer> {
    const jpeg = await this.start(step, args, input, effort, options);
    if (jpeg.length === 0) throw new MediaFailed(step, 'no picture came out');
    return jpeg;
  }

  private start(
    step: string,
    args: readonly string[],
    input: MediaFile,
    effort: Effort,
    options: WorkOptions & { onOutput?: (text: string) => void },
  ): Promise<Buffer> {
    const limits = { timeoutMs: timeoutFor(input, effort), maxOutputBytes: LARGEST_OUTPUT };
    const { signal, onOutput } = options;
    return runTool({ step, command: this.command, args, cwd: dirname(input.path), ...limits, signal, onOutput });
  }
}

function timeoutFor({ bytes, durationMs }: MediaFile, effort: Effort): number {
  const perMs = { copy: 0, decode: 2, encode: 10 }[effort];
  return Math.round(SHORTEST_TIMEOUT_MS + bytes / COPIED_BYTES_PER_MS + durationMs * perMs);
}

function reportProgress(text: string, { durationMs }: MediaFile, { onProgress }: WorkOptions): void {
  const microseconds = /out_time_us=(\d+)(?![\s\S]*out_time_us=\d)/.exec(text)?.[1];
  if (microseconds && onProgress) onProgress(Math.min(1, Number(microseconds) / 1000 / Math.max(1, durationMs)));
}
