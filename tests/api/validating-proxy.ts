import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/redis.js';

const PRISM = 'node_modules/@stoplight/prism-cli/dist/index.js';

/** Prism before a running server: it holds every request and every answer to the API's own description. */
export class ValidatingProxy {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  static async start(document: object, upstream: string): Promise<ValidatingProxy> {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-prism-'));
    const file = join(directory, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const port = String(await freePort());
    const options = [PRISM, 'proxy', file, upstream, '--port', port, '--host', '127.0.0.1', '--cors=false'];
    const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
    await listening(child);
    return new ValidatingProxy(`http://127.0.0.1:${port}`, child, directory);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill();
      await ended;
    }
    await rm(this.directory, { recursive: true });
  }
}

/** Its output is read to the end: it dies where nobody listens. */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      if (said.includes('Prism is listening')) resolve();
    });
    child.once('exit', () => reject(new Error(`The validating proxy did not start: ${said}`)));
  });
}
