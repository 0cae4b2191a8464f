import { fork, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Load } from './load.js';

/** One server in a process of its own, and the load on it. */
export class Contestant {
  private constructor(
    private readonly child: ChildProcess,
    private readonly load: Load,
  ) {}

  /** @param entry beside this file; its first argument is a directory of its own, more may follow */
  static async start(entry: string, directory: string, ...more: string[]): Promise<Contestant> {
    const own = join(directory, [entry, ...more].join('-').replace(/\W+/g, '-').slice(0, 40));
    await mkdir(own, { recursive: true });
    const child = fork(join(import.meta.dirname, entry), [own, ...more], {
      execArgv: ['--conditions=source', '--import', './tests/support/typescript.mjs'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message: { port: number }) => resolve(message.port));
      child.once('exit', (code) => reject(new Error(`${entry} ended with ${code} before it listened`)));
    });
    return new Contestant(child, new Load(port, entry !== 'pipe-server.ts'));
  }

  /** Appends per second over so long. */
  turn(ms: number): Promise<number> {
    return this.load.run(ms);
  }

  stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.disconnect();
    return ended;
  }
}
