import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { extname, join } from 'node:path';
import { PRODUCT_ROOT } from '#platform/files/product-root.js';
import { MediaFailed } from '../media-errors.js';
import type { WorkOptions } from '../media-tools.js';
import { heard, type Asked, type Bench, type Order, type ResultOf, type Told } from './calls.js';

const KIND = extname(import.meta.filename);
const PROGRAM = join(import.meta.dirname, `media-process${KIND}`);
/** Tests and benchmarks run the source, which Node reads by this alone. */
const FROM_SOURCE = ['--conditions=source', '--import', join(PRODUCT_ROOT, 'tests/support/typescript.mjs')];
const MOST_HEAP_MB = 1024;
/** Whoever was told to stop and has not by then is stopped. */
const STOP_WITHIN_MS = 3_000;
/** Each tool has a limit of its own; this is for all that one order takes together. */
const LONGEST_MS = 3 * 3_600_000;

/** A process that does one thing at a time. It ends with us, and takes the tools that it runs along. */
export class OneProcess {
  private readonly child: ChildProcess;

  constructor(bench: Bench) {
    const execArgv = [`--max-old-space-size=${MOST_HEAP_MB}`, ...(KIND === '.ts' ? FROM_SOURCE : [])];
    // Nothing of ours but where programs are: what it reads comes from strangers.
    const env = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LC_ALL: 'C' };
    const channel: ForkOptions = { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] };
    this.child = fork(PROGRAM, [JSON.stringify(bench)], { execArgv, env, cwd: PRODUCT_ROOT, ...channel });
    this.child.on('error', () => undefined); // its end says the rest
  }

  get isAlive(): boolean {
    return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * @returns once it is done, or over: after an abort nothing of it is running any more
   * @throws the error the work ended with; the signal's reason; MediaFailed when the process itself ended
   */
  async carryOut<One extends Order>(order: One, { signal, onProgress }: WorkOptions): Promise<ResultOf<One>> {
    signal?.throwIfAborted();
    const longest = setTimeout(() => this.end(), LONGEST_MS);
    let last: NodeJS.Timeout | undefined;
    const stop = (): void => {
      this.say({ stop: true });
      last = setTimeout(() => this.end(), STOP_WITHIN_MS);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = this.answer(order.does, onProgress);
      this.say({ order });
      return (await answer) as ResultOf<One>;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      [longest, last].forEach(clearTimeout);
    }
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  /** Whether it keeps the whole program from ending. */
  keepAlive(keep: boolean): void {
    const does = keep ? 'ref' : 'unref';
    this.child[does]();
    this.child.channel?.[does]();
  }

  private say(word: Asked): void {
    if (this.child.connected) this.child.send(word, () => undefined);
  }

  private answer(step: string, onProgress: WorkOptions['onProgress']): Promise<unknown> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const hear = (word: Told): void => {
        if ('progress' in word) return onProgress?.(word.progress);
        child.off('message', hear).off('exit', ended);
        if ('error' in word) reject(heard(word.error));
        else resolve(word.result);
      };
      const ended = (code: number | null, signal: string | null): void => {
        child.off('message', hear);
        reject(new MediaFailed(step, `its process ended (${code ?? signal})`));
      };
      if (!this.isAlive) return ended(child.exitCode, child.signalCode);
      child.on('message', hear).once('exit', ended);
    });
  }
}
