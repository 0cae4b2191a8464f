import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { transform } from '@swc/core';

/** Serves the repository's TypeScript to a browser, each module compiled as it is asked for, and an empty page at `/`. */
export class ModuleServer {
  private readonly server: Server = createServer((request, response) => {
    this.answer(request.url!).then(
      ([type, body]) => response.writeHead(200, { 'Content-Type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(path: string): Promise<[type: string, body: string]> {
    if (path === '/') return ['text/html', '<!doctype html><title>Empty</title>'];
    const source = await readFile(`.${path.replace(/\.js$/, '.ts')}`, 'utf8');
    const { code } = await transform(source, {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    return ['text/javascript', code];
  }
}
