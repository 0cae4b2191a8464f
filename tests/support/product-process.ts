import { spawn, type ChildProcess } from 'node:child_process';
import { eventually } from './eventually.js';

/** The built product in a process of its own, started as an operator would, that can be killed without warning. */
export class ProductProcess {
  private constructor(
    readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
    private child: ChildProcess,
  ) {}

  static async start(settings: Readonly<Record<string, string>>): Promise<ProductProcess> {
    const product = new ProductProcess(`http://localhost:${settings.PORT}`, settings, launch(settings));
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

  async restart(): Promise<void> {
    this.child = launch(this.settings);
    await this.ready();
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

function launch(settings: Readonly<Record<string, string>>): ChildProcess {
  const env = { ...process.env, LOG_LEVEL: 'error', MP4_COPIES: 'off', ...settings };
  return spawn(process.execPath, ['dist/src/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
