import type { MediaLimits, MediaFile } from '../media-file.js';
import type { MediaWork, SeekableOptions, ToolName, WorkOptions } from '../media-tools.js';
import type { Bench, FoundTools, Order, ResultOf } from './calls.js';
import { OneProcess } from './one-process.js';

/** A process that nobody needed for so long is let go: it holds some 80 MB. */
const IDLE_MS = 5 * 60_000;

/** Media tools that work in processes of their own: as many as there is work at once, each kept a while for the next. */
export class ToolsApart implements MediaWork {
  private readonly idle = new Map<OneProcess, NodeJS.Timeout>();
  private readonly busy = new Set<OneProcess>();
  private found?: FoundTools;

  private constructor(
    private readonly bench: Bench,
    private readonly idleMs: number,
  ) {}

  /** @param idleMs how long a process without work is kept */
  static async open(bench: Bench, { signal }: WorkOptions = {}, idleMs = IDLE_MS): Promise<ToolsApart> {
    const tools = new ToolsApart(bench, idleMs);
    tools.found = await tools.carryOut({ does: 'found', with: [] }, { signal });
    return tools;
  }

  get what(): FoundTools {
    return this.found!;
  }

  get name(): ToolName {
    return this.what.name;
  }

  get version(): string {
    return this.what.version;
  }

  inspect(path: string, limits?: Partial<MediaLimits>, options: WorkOptions = {}) {
    return this.carryOut({ does: 'inspect', with: [path, limits] }, options);
  }

  makeSeekable(input: MediaFile, output: string, { trim, ...options }: SeekableOptions = {}) {
    return this.carryOut({ does: 'makeSeekable', with: [input, output, trim] }, options);
  }

  poster(input: MediaFile, options?: WorkOptions) {
    return this.carryOut({ does: 'poster', with: [input] }, options).then(asBuffer);
  }

  async storyboard(input: MediaFile, grid: { readonly columns: number; readonly rows: number }, options?: WorkOptions) {
    const board = await this.carryOut({ does: 'storyboard', with: [input, grid] }, options);
    return board && { ...board, jpeg: asBuffer(board.jpeg) };
  }

  transcodeMp4(input: MediaFile, output: string, options?: WorkOptions) {
    return this.carryOut({ does: 'transcodeMp4', with: [input, output] }, options);
  }

  /** Ends all processes; what they had in hand fails. */
  close(): void {
    for (const timer of this.idle.values()) clearTimeout(timer);
    for (const one of [...this.idle.keys(), ...this.busy]) one.end();
    this.idle.clear();
  }

  private async carryOut<One extends Order>(order: One, options: WorkOptions = {}): Promise<ResultOf<One>> {
    options.signal?.throwIfAborted();
    const one = this.take();
    try {
      return await one.carryOut(order, options);
    } finally {
      this.putBack(one);
    }
  }

  private take(): OneProcess {
    const [one = new OneProcess(this.bench)] = [...this.idle.keys()].filter(({ isAlive }) => isAlive);
    clearTimeout(this.idle.get(one));
    this.idle.delete(one);
    this.busy.add(one);
    one.keepAlive(true);
    return one;
  }

  private putBack(one: OneProcess): void {
    this.busy.delete(one);
    one.keepAlive(false);
    if (!one.isAlive) return;
    const letGo = (): void => {
      this.idle.delete(one);
      one.end();
    };
    this.idle.set(one, setTimeout(letGo, this.idleMs).unref());
  }
}

/** What comes from another process is bytes, but no Buffer. */
function asBuffer<Bytes extends Uint8Array | null>(bytes: Bytes): Bytes extends null ? null : Buffer {
  return (bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as never;
}
