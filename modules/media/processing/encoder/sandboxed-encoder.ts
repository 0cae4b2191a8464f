import { dirname, extname, join } from 'node:path';
import { tmpdir } from 'node:os';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import { runTool } from '../ffmpeg/run-tool.js';

/** Source and build alike: the program lies beside this file and ends as it does. */
const PROGRAM = join(import.meta.dirname, `encode${extname(import.meta.filename)}`);
const START_MS = 60_000;
const PER_MS = 10;
const PROBE_MS = 60_000;

/** FFmpeg's decoders and encoders from a package of the registry, in a process with limits that ends with its task. */
export class SandboxedEncoder {
  private static ran = false;

  /** Whether this machine can run it: the package has binaries for the usual platforms only. */
  static async runs(): Promise<boolean> {
    return (SandboxedEncoder.ran ||= await SandboxedEncoder.probe());
  }

  private static async probe(): Promise<boolean> {
    const limits = { timeoutMs: PROBE_MS, maxOutputBytes: 1024 };
    const args = [PROGRAM, JSON.stringify({ task: 'probe' })];
    const run = { step: 'probe', command: process.execPath, args, cwd: tmpdir(), ...limits };
    return runTool(run).then(
      (said) => said.toString().includes('ready'),
      () => false,
    );
  }

  /**
   * @param task what to make of the part; times in milliseconds of the input's own clock
   * @throws MediaFailed
   */
  async encode(
    task: 'head' | 'part',
    input: MediaFile,
    output: string,
    part: Trim,
    options: WorkOptions,
  ): Promise<void> {
    const [start, end] = [part.startMs / 1000, part.endMs / 1000];
    const order = JSON.stringify({ task, input: input.path, output, start, end, codec: input.videoCodec });
    const timeoutMs = START_MS + input.durationMs * PER_MS;
    const onOutput = (said: string): void => {
      const fraction = Number(said.trim().split('\n').at(-1));
      if (fraction >= 0 && fraction <= 1) options.onProgress?.(fraction);
    };
    const run = { step: 'trimmed file', command: process.execPath, args: [PROGRAM, order], cwd: dirname(input.path) };
    await runTool({ ...run, timeoutMs, maxOutputBytes: 1024, signal: options.signal, onOutput });
  }
}
