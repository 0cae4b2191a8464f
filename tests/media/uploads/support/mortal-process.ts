import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { UploadGround } from './upload-ground.js';

/** A web server in a process of its own, which can be killed as the kernel kills. */
export class MortalProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    /** Resolves with the signal that ended it. */
    readonly death: Promise<NodeJS.Signals | null>,
  ) {}

  /** @param at where in its `appends`-th append it dies by itself; `never` leaves that to {@link kill} */
  static async start(ground: UploadGround, at: 'add' | 'commit' | 'never', appends = 0): Promise<MortalProcess> {
    const args = [ground.database.url, ground.directory, at, String(appends)];
    const child = fork(join(import.meta.dirname, 'mortal-server.ts'), args, {
      execArgv: ['--conditions=source', '--import', './tests/support/typescript.mjs'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const death = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message: { url: string }) => resolve(message.url));
      child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
    });
    return new MortalProcess(url, child, death);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.death;
  }
}
