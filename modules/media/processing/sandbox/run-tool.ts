import { spawn, type ChildProcess } from 'node:child_process';
import { MediaFailed, saysDiskFull } from '../media-errors.js';

export interface ToolRun {
  /** What is being made, for the error message. */
  readonly step: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Private folder; the tool's home and place for its own temporary files, where nothing else is set. */
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Most that standard output may bring. */
  readonly maxOutputBytes: number;
  /** Most that a file it writes may hold; by default {@link MOST_FILE_BYTES}. */
  readonly maxFileBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
}

const MOST_MEMORY_KB = 6 * 1024 * 1024;
export const MOST_FILE_BYTES = 16 * 1024 ** 3;
/** What `ulimit -f` counts in. */
const BLOCK_BYTES = 512;
const MOST_OPEN_FILES = 256;
const KEPT_ERROR_BYTES = 4096;

/**
 * Runs a native tool on a file from a stranger: at low priority, with limits on memory, processor time and what it
 * writes, without our environment, in a process group of its own that is killed whole on time-out and abort; and also, by
 * a watcher that waits for the end of a pipe only we hold, when this process is killed itself.
 * @returns standard output, unless `onOutput` takes it
 * @throws MediaFailed
 */
export async function runTool(run: ToolRun): Promise<Buffer> {
  run.signal?.throwIfAborted();
  const child = start(run);
  const end = endOnce(child);
  const timer = setTimeout(() => end.because(`no result after ${Math.round(run.timeoutMs / 1000)} s`), run.timeoutMs);
  const abort = (): void => end.because('aborted');
  run.signal?.addEventListener('abort', abort, { once: true });
  const output = collect(child, run, end.because);
  const errors = tail(child);
  try {
    const code = await exitOf(child);
    run.signal?.throwIfAborted();
    // ffmpeg ends with 0 also where its last bytes found no room.
    const isDone = code === 0 && !saysDiskFull(errors());
    const reason = end.reason() ?? (isDone ? null : `exit ${code}: ${errors().trim()}`);
    if (reason) throw new MediaFailed(run.step, reason);
    return Buffer.concat(output);
  } finally {
    clearTimeout(timer);
    run.signal?.removeEventListener('abort', abort);
  }
}

/** Kills the group for the first reason that comes up, and remembers it. */
function endOnce(child: ChildProcess): { because(reason: string): void; reason(): string | null } {
  let first: string | null = null;
  return {
    because: (reason) => {
      first ??= reason;
      killGroup(child);
    },
    reason: () => first,
  };
}

function collect(child: ChildProcess, run: ToolRun, end: (reason: string) => void): Buffer[] {
  const output: Buffer[] = [];
  let size = 0;
  child.stdout!.on('data', (chunk: Buffer) => {
    if (run.onOutput) return run.onOutput(chunk.toString('latin1'));
    size += chunk.length;
    output.push(chunk);
    if (size > run.maxOutputBytes) end('too much output');
  });
  return output;
}

/** The last words on standard error. */
function tail(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-KEPT_ERROR_BYTES)));
  return () => text;
}

/** In the guard, `$0` is the command and `$@` its arguments; the group stays ours while the watcher lives in it. */
const GUARD = `exec 3<&0
( read -r _ <&3; kill -KILL -$$ ) >/dev/null 2>&1 &
ulimit -v ${MOST_MEMORY_KB} 2>/dev/null
ulimit -n ${MOST_OPEN_FILES} 2>/dev/null
ulimit -c 0 2>/dev/null
exec nice -n 10 "$0" "$@" </dev/null 3<&-`;

function start(run: ToolRun): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: run.cwd, TMPDIR: run.cwd, LC_ALL: 'C' };
  const options = { cwd: run.cwd, env, stdio: 'pipe', windowsHide: true } as const;
  if (process.platform === 'win32') return spawn(run.command, run.args, options);
  const seconds = Math.ceil(run.timeoutMs / 1000) * 4;
  const blocks = Math.ceil((run.maxFileBytes ?? MOST_FILE_BYTES) / BLOCK_BYTES);
  const script = `ulimit -t ${seconds} 2>/dev/null\nulimit -f ${blocks} 2>/dev/null\n${GUARD}`;
  const child = spawn('/bin/sh', ['-c', script, run.command, ...run.args], { ...options, detached: true });
  child.stdin.on('error', () => undefined);
  return child;
}

/** Exit code or the name of the signal. Not `close`: the watcher keeps its end of a pipe until it is killed. */
function exitOf(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve, fail) => {
    let exit: number | string | null = null;
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      exit = code ?? signal;
      killGroup(child);
    });
    child.once('close', () => resolve(exit));
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Already gone, which is what we want.
  }
}
