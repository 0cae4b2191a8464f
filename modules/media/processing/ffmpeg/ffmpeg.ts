import { dirname } from 'node:path';
import { MediaFailed } from '../media-errors.js';
import type { MediaFile } from '../media-file.js';
import type { WorkOptions } from '../media-tools.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { patienceFor, roomFor, type Effort } from '../work-limits.js';

const LARGEST_OUTPUT = 16 * 1024 * 1024;

/** One run on an inspected file. */
export interface FfmpegRun {
  /** What is being made, for the error message. */
  readonly step: string;
  readonly args: readonly string[];
  readonly input: MediaFile;
  /** Where the result goes, unless that is standard output. */
  readonly makes?: string;
  readonly effort: Effort;
}

/** The ffmpeg program on this machine, in what holds it. */
export class Ffmpeg {
  constructor(
    private readonly command: string,
    readonly version: string,
    private readonly sandbox: Sandbox,
  ) {}

  /** Progress is that of its output's time against the input's. */
  async run(run: FfmpegRun, options: WorkOptions): Promise<void> {
    const onOutput = (text: string): void => reportProgress(text, run.input, options);
    await this.start(run, { ...options, onOutput });
  }

  /** Runs it for one JPEG on its standard output. */
  async jpeg(run: FfmpegRun, options: WorkOptions): Promise<Buffer> {
    const jpeg = await this.start(run, { signal: options.signal });
    if (jpeg.length === 0) throw new MediaFailed(run.step, 'no picture came out');
    return jpeg;
  }

  private start(
    { step, args, input, makes, effort }: FfmpegRun,
    { signal, onOutput }: WorkOptions & { onOutput?: (text: string) => void },
  ): Promise<Buffer> {
    const limits = { timeoutMs: patienceFor(input, effort), maxFileBytes: roomFor(input) };
    const touches = { cwd: dirname(input.path), reads: [input.path], makes };
    const said = { maxOutputBytes: LARGEST_OUTPUT, signal, onOutput };
    return this.sandbox.run({ step, command: this.command, args, ...touches, ...limits, ...said });
  }
}

function reportProgress(text: string, { durationMs }: MediaFile, { onProgress }: WorkOptions): void {
  const microseconds = /out_time_us=(\d+)(?![\s\S]*out_time_us=\d)/.exec(text)?.[1];
  if (microseconds && onProgress) onProgress(Math.min(1, Number(microseconds) / 1000 / Math.max(1, durationMs)));
}
