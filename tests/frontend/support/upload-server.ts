import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const CALL_HEADER = 'Screendesk-Call';

/** As our server does, and nobody else on the way. */
export function echo(request: IncomingMessage, response: ServerResponse): void {
  const call = request.headers[CALL_HEADER.toLowerCase()];
  if (call) response.setHeader(CALL_HEADER, call);
}

/** What the server does with a request instead of, or around, serving it. */
export type Fault = (request: IncomingMessage, response: ServerResponse, body?: Buffer) => 'serve' | 'handled';

interface Stored {
  readonly recordingId: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** As it was declared. */
  readonly length: number | null;
  bytes: Buffer;
}

/** A small real server that speaks the upload wire over a socket, keeps what it acknowledges, and misbehaves on demand. */
export class UploadServer {
  readonly uploads = new Map<string, Stored>();
  readonly appends: number[] = [];
  /** The methods of all requests, as they came. */
  readonly methods: string[] = [];
  token = 'cap_first';
  /** Taken from the front, one for each request. */
  readonly faults: Fault[] = [];
  /** What stands on the way, and has its say before every request. */
  onTheWay: Fault = () => 'serve';
  /** Acknowledged but answered with a broken connection: the client can't know. */
  loseNextAnswer = false;
  /** How fast it reads bodies. */
  bytesPerSecond = Infinity;
  private server: Server | null = null;
  private port = 0;

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens; after `stop`, on the same port again. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(null)));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.read(request);
    if (!body) return;
    echo(request, response);
    this.methods.push(request.method!);
    if (this.onTheWay(request, response, body) === 'handled') return;
    if (this.faults.shift()?.(request, response) === 'handled') return;
    if (request.headers.authorization !== `Bearer ${this.token}`) return end(response, 401);
    if (request.headers['tus-resumable'] !== '1.0.0') return end(response, 412);
    const method = request.headers['x-http-method-override'] ?? request.method;
    if (method === 'POST') return this.create(request, response);
    const stored = this.uploads.get(request.url!.split('/').at(-1)!);
    if (!stored) return end(response, 404);
    if (method === 'PATCH') return this.append(stored, request, body, response);
    end(response, 200, { 'Upload-Offset': String(stored.bytes.length) });
  }

  /** Null when it broke off. */
  private async read(request: IncomingMessage): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        const ms = (chunk.length * 1000) / this.bytesPerSecond;
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      }
    } catch {
      return null;
    }
    return Buffer.concat(chunks);
  }

  private create(request: IncomingMessage, response: ServerResponse): void {
    const { 'upload-length': declared, 'upload-defer-length': deferred } = request.headers;
    if ((declared === undefined) !== (deferred === '1')) return end(response, 400);
    const pairs = String(request.headers['upload-metadata'])
      .split(',')
      .map((pair) => pair.split(' '));
    const metadata = new Map(pairs.map(([key, value]) => [key!, Buffer.from(value!, 'base64').toString()]));
    const recordingId = metadata.get('recording') ?? randomUUID();
    const id = randomUUID();
    const length = declared === undefined ? null : Number(declared);
    this.uploads.set(id, { recordingId, metadata, length, bytes: Buffer.alloc(0) });
    end(response, 201, { Location: `/uploads/${id}`, 'Upload-Recording': recordingId });
  }

  private append(stored: Stored, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const offset = Number(request.headers['upload-offset']);
    const digest = createHash('sha256').update(body).digest('base64');
    if (request.headers['content-digest'] !== `sha-256=:${digest}:`) return end(response, 460);
    const held = { 'Upload-Offset': String(stored.bytes.length) };
    if (offset !== stored.bytes.length) return end(response, 409, held);
    stored.bytes = Buffer.concat([stored.bytes, body]);
    this.appends.push(body.length);
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      response.destroy();
      return;
    }
    end(response, 204, { 'Upload-Offset': String(stored.bytes.length) });
  }
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end();
}

export const respond =
  (status: number, headers: Record<string, string> = {}, code?: string): Fault =>
  (_request, response) => {
    response.writeHead(status, headers).end(code && JSON.stringify({ code }));
    return 'handled';
  };

/** Somebody on the way answers in the server's place, and cannot know what the call was named. */
export const planted =
  (status: number, headers: Record<string, string> = {}, body = ''): Fault =>
  (_request, response) => {
    response.removeHeader(CALL_HEADER);
    response.writeHead(status, headers).end(body);
    return 'handled';
  };

/** Breaks the connection without an answer. */
export const hangUp: Fault = (request) => {
  request.socket.destroy();
  return 'handled';
};
