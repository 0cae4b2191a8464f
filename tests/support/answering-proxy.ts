import { Agent, createServer, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What somebody says who sits on the way and answers in the place of the server. */
export interface Planted {
  readonly status: number;
  readonly body?: string;
  readonly headers?: OutgoingHttpHeaders;
}

export interface AnsweringProxy {
  readonly url: string;
  /**
   * What is answered in the server's place: an answer, none ever, the server's own of which only the beginning arrives, or
   * null where it is passed on.
   */
  answer: (request: IncomingMessage) => Planted | 'silence' | 'beginning' | null;
  stop(): Promise<void>;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
/** A captive portal, or a proxy that has lost its way. */
export const PORTAL: Planted = {
  status: 200,
  headers: { 'content-type': 'text/html', etag: '"65f1c2e4-267"' },
  body: '<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Accept the terms to go on.</p></body></html>',
};
/** As S3 refuses, by its code. */
export const refusing = (status: number, code: string): Planted => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `${XML}<Error><Code>${code}</Code><Message>No</Message></Error>`,
});

/** Passes requests on to a server, but for those that it answers itself. */
export async function startAnsweringProxy(target: URL): Promise<AnsweringProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answered) => {
    const planted = proxy.answer(asked);
    if (planted === 'silence') return;
    if (planted && planted !== 'beginning') {
      asked.resume();
      answered.writeHead(planted.status, planted.headers);
      return void answered.end(planted.body);
    }
    const { method, url, headers } = asked;
    const passed = request({ agent, host: target.hostname, port: target.port, method, path: url, headers });
    passed.on('response', (response) => {
      answered.writeHead(response.statusCode!, response.headers);
      if (planted) response.once('data', (bytes: Buffer) => answered.write(bytes.subarray(0, 40)));
      else response.pipe(answered);
      answered.on('close', () => response.destroy());
    });
    passed.on('error', () => answered.destroy());
    asked.pipe(passed);
  });
  server.on('checkContinue', (asked, answered) => {
    if (proxy.answer(asked) === null) answered.writeContinue();
    server.emit('request', asked, answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: AnsweringProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => null,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
  return proxy;
}
