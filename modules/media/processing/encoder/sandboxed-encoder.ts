import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, sep } from 'node:path';
import type { MediaFile } from '../media-file.js';
import type { Trim, WorkOptions } from '../media-tools.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { patienceFor, roomFor } from '../work-limits.js';

/** Source and build alike: the program lies beside this file and ends as it does. */
const PROGRAM = join(import.meta.dirname, `encode${extname(import.meta.filename)}`);
/** What it imports, and nothing else of what lies around it. */
const PACKAGES = packagesOf('@mediabunny/server');
const PROBE_MS = 60_000;
const MOST_WORDS = 1024;

/** FFmpeg's decoders and encoders from a package of the registry, in a process that is held and ends with its task. */
export class SandboxedEncoder {
  private static readonly tried = new WeakMap<Sandbox, Promise<SandboxedEncoder | null>>();

  private constructor(private readonly sandbox: Sandbox) {}

  /** Null when this machine cannot run it: the package has binaries for the usual platforms only. */
  static in(sandbox: Sandbox): Promise<SandboxedEncoder | null> {
    const tried = SandboxedEncoder.tried.get(sandbox) ?? new SandboxedEncoder(sandbox).probe();
    SandboxedEncoder.tried.set(sandbox, tried);
    return tried;
  }

  private async probe(): Promise<SandboxedEncoder | null> {
    const touches = { cwd: tmpdir(), reads: [PROGRAM, PACKAGES] };
    const args = [PROGRAM, JSON.stringify({ task: 'probe' })];
    const limits = { timeoutMs: PROBE_MS, maxOutputBytes: MOST_WORDS };
    return this.sandbox.run({ step: 'probe', command: process.execPath, args, ...touches, ...limits }).then(
      (said) => (said.toString().includes('ready') ? this : null),
      () => null,
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
    const onOutput = (said: string): void => {
      const fraction = Number(said.trim().split('\n').at(-1));
      if (fraction >= 0 && fraction <= 1) options.onProgress?.(fraction);
    };
    const touches = { cwd: dirname(input.path), reads: [input.path, PROGRAM, PACKAGES], makes: output };
    const limits = {
      timeoutMs: patienceFor(input, 'encode'),
      maxFileBytes: roomFor(input),
      maxOutputBytes: MOST_WORDS,
    };
    const run = { step: 'trimmed file', command: process.execPath, args: [PROGRAM, order], ...touches, ...limits };
    await this.sandbox.run({ ...run, signal: options.signal, onOutput });
  }
}

/** The folder of packages that holds this one. */
function packagesOf(name: string): string {
  const folder = `${sep}node_modules${sep}`;
  const entry = createRequire(import.meta.url).resolve(name);
  return entry.slice(0, entry.lastIndexOf(folder) + folder.length - 1);
}
