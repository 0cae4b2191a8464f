import { spawn, type ChildProcess } from 'node:child_process';
import { eventually } from './eventually.js';

/** What runs: where it lies, and what Node is told to run there. */
export interface Program {
  readonly directory: string;
  readonly entry: readonly string[];
}

const BUILT: Program = { directory: process.cwd(), entry: ['dist/src/main.js'] };

/** The built product in a process of its own, started as an operator would, that can be killed without warning. */
export class ProductProcess {
  private constructor(
    readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly program: Program,
    private child: ChildProcess,
  ) {}

  static async start(settings: Readonly<Record<string, string>>, program = BUILT): Promise<ProductProcess> {
    const child = launch(settings, program);
    const product = new ProductProcess(`http://localhost:${settings.PORT}`, settings, program, child);
    await product.ready();
    return product;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async restart(): Promise<void> {
    this.child = launch(this.settings, this.program);
    await this.ready();
  }

  /** Waits until it ends by itself. @returns its exit code and the last it said */
  async ended(): Promise<{ code: number | null; said: string }> {
    let said = '';
    this.child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const code = await new Promise<number | null>((resolve) => this.child.once('close', resolve));
    return { code, said };
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.runs) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }

  private async ready(): Promise<void> {
    if (this.settings.ROLE === 'worker') return;
    await eventually(async () => expect((await fetch(`${this.url}/readyz`)).status).toBe(200), 60_000);
  }
}

function launch(settings: Readonly<Record<string, string>>, { directory, entry }: Program): ChildProcess {
  const env = { ...process.env, LOG_LEVEL: 'error', MP4_COPIES: 'off', ...settings };
  const child = spawn(process.execPath, entry, { cwd: directory, env, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.pipe(process.stderr, { end: false });
  return child;
}
