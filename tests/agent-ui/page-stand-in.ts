import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a browser's page has and Node has not, so that modules written for one can be imported: import them afterwards. */
export class PageStandIn {
  /** What lies in the clipboard. */
  copied: string | null = null;
  readonly #server = createServer((request, response) => this.answer(request, response));

  private constructor(public answer: (request: IncomingMessage, response: ServerResponse) => void) {}

  static async open(): Promise<PageStandIn> {
    const page = new PageStandIn((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => page.#server.listen(0, '127.0.0.1', resolve));
    page.#furnish(`http://127.0.0.1:${(page.#server.address() as AddressInfo).port}`);
    return page;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #furnish(address: string): void {
    const keep = async ([item]: [Record<string, Promise<Blob>>]) => {
      this.copied = await (await item['text/plain']!).text();
    };
    const itself = (value: unknown) => value;
    Object.assign(globalThis, {
      // A rune without a compiler is its value.
      $state: Object.assign((value: unknown) => value, { raw: itself, snapshot: itself }),
      navigator: { clipboard: { write: keep } },
      ClipboardItem: class {
        constructor(types: object) {
          Object.assign(this, types);
        }
      },
      Request: class extends Request {
        constructor(input: string | Request, init?: RequestInit) {
          super(typeof input === 'string' ? new URL(input, address) : input, init);
        }
      },
    });
  }
}
