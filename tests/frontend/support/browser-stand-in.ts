/// <reference lib="dom" />
import '../../agent-ui/runes.js';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Keeper } from '../../../frontend/src/lib/recorder/upload/keeper.js';
import type { Call, FromKeeper } from '../../../frontend/src/lib/recorder/upload/keeper-protocol.js';
import { LastingStore } from './lasting-store.js';
import { echo, UploadServer } from './upload-server.js';

/** What the customer's API answers to a path below `customer/recordings/`; undefined: nothing at all. */
export type Api = (path: string) => Answer | undefined | Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  /** Somebody on the way gave it in the server's place. */
  readonly foreign?: boolean;
}

/** One browser in Node: its disk, its marks, its workers with the real keeper inside, and the servers that it reaches. */
export class BrowserStandIn {
  readonly store = new LastingStore();
  readonly marks = new Map<string, string>();
  readonly uploads = new UploadServer();
  readonly asked: string[] = [];
  api: Api = () => ({ status: 200 });
  private readonly fetch = globalThis.fetch;
  private readonly server: Server = createServer((request, response) => {
    const path = request.url!.replace('/api/v1/customer/recordings/', '');
    request.resume().on('end', async () => {
      this.asked.push(path.replace(/^[^/]+\//, ''));
      const answer = await this.api(path);
      if (answer) end(request, response, answer);
    });
  });

  async start(): Promise<void> {
    await this.uploads.start();
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    const { marks } = this;
    const ignore = { addEventListener: () => undefined, removeEventListener: () => undefined };
    const makeKeeper = (tell: (message: FromKeeper) => void) => this.keeper(tell);
    Object.assign(globalThis, ignore, {
      document: ignore,
      localStorage: {
        getItem: (name: string) => marks.get(name) ?? null,
        setItem: (name: string, value: string) => marks.set(name, value),
        removeItem: (name: string) => marks.delete(name),
      },
      Worker: class {
        onmessage?: (event: { data: FromKeeper }) => void;
        private keeper: Keeper | null = makeKeeper((data) => this.keeper && this.onmessage?.({ data }));
        postMessage({ number, name, ask }: Call) {
          const method = this.keeper![name] as (ask: unknown) => Promise<unknown>;
          const tell = (data: FromKeeper) => this.keeper && this.onmessage?.({ data });
          method.call(this.keeper, ask).then(
            (value) => tell({ type: 'answer', number, value }),
            (error: unknown) => tell({ type: 'failure', number, message: String(error) }),
          );
        }
        /** As in a browser, what it was doing is never answered, and its locks are free. */
        terminate() {
          const held = this.keeper as unknown as { recording: { stop(): void } | null; release: () => void } | null;
          this.keeper = null;
          held?.recording?.stop();
          held?.release();
        }
      },
      fetch: (path: string, init?: RequestInit) =>
        this.fetch(path.startsWith('/') ? `http://127.0.0.1:${port}${path}` : path, init),
    });
  }

  async stop(): Promise<void> {
    globalThis.fetch = this.fetch;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.uploads.stop();
  }

  private keeper(tell: (message: FromKeeper) => void): Keeper {
    const news = {
      keeping: (keeping: Extract<FromKeeper, { type: 'keeping' }>['keeping']) => tell({ type: 'keeping', keeping }),
      tokenWanted: () => tell({ type: 'token_wanted' }),
    };
    return new Keeper(async () => this.store, news, this.uploads.origin);
  }
}

function end(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body = {}, headers, foreign }: Answer,
): void {
  if (!foreign) echo(request, response);
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}
