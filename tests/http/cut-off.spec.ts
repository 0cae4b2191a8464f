import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '#platform/http/access.js';
import { eventually } from '../support/eventually.js';
import { probeApp, type Probe } from './probe-app.js';

describe('a body that nobody wants', () => {
  const MUCH = 400_000_000;
  let probe: Probe;
  let port: number;
  beforeAll(async () => {
    probe = await probeApp();
    await probe.app.listen(0, '127.0.0.1');
    ({ port } = probe.app.getHttpServer().address() as AddressInfo);
  });
  afterAll(() => probe.app.close());

  /** @returns how much was let in, and what was answered, if anything */
  async function poured(head: string): Promise<{ sent: number; answered: string }> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    let [sent, answered] = [0, ''];
    socket.on('data', (chunk) => (answered += chunk));
    socket.write(
      `${head}\r\nHost: localhost\r\n${head.includes('Length') ? '' : 'Transfer-Encoding: chunked\r\n'}\r\n`,
    );
    const piece = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, ' '), Buffer.from('\r\n')]);
    const pour = () => {
      while (!socket.destroyed && sent < MUCH && socket.write(piece)) sent += piece.length;
    };
    socket.on('drain', pour);
    pour();
    await new Promise((resolve) => socket.once('close', resolve));
    return { sent, answered };
  }

  it.each([
    ['at an address that is nowhere', 'POST /nothing HTTP/1.1', '404'],
    ['at one of the API, in chunks', 'POST /api/v1/nothing HTTP/1.1', '404'],
    ['where it is of another type', 'POST /api/v1/probe/orders HTTP/1.1\r\nContent-Type: text/plain', '415'],
    ['where none belongs', 'GET /uploads/nothing HTTP/1.1', '404'],
    ['at once where it says how long it is', `POST /api/v1/probe/orders HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: ${MUCH}`, '413'], // prettier-ignore
    ['that the parser has begun to read', 'POST /api/v1/probe/orders HTTP/1.1\r\nContent-Type: application/json', ''],
  ])('is cut off %s', async (_, head, status) => {
    const began = performance.now();
    const { sent, answered } = await poured(head);
    expect(sent).toBeLessThan(64_000_000);
    expect(answered.split(' ')[1] ?? '').toBe(status);
    expect(performance.now() - began).toBeLessThan(4000); // not by its time
  });
});

describe('an answer that nobody reads', () => {
  const PIECE = Buffer.alloc(1_000_000);
  @Controller('uploads')
  class EndlessController {
    /** As long as it is read. */
    @Get('endless') @Access({ public: 'A probe.' }) async endless(@Res() response: Response) {
      for (; !response.destroyed; await new Promise((resolve) => setImmediate(resolve)))
        if (!response.write(PIECE)) await once(response, 'drain').catch(() => undefined);
    }
    @Get('late') @Access({ public: 'A probe.' }) async late() {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return 'late';
    }
  }

  it('is cut off after its time; one that is read, or still being made, is not', async () => {
    const hasty = await probeApp({ settings: { answerIdleMs: 1000 }, controllers: [EndlessController] });
    await hasty.app.listen(0, '127.0.0.1');
    const { port } = hasty.app.getHttpServer().address() as AddressInfo;
    const begun = async (path: string) =>
      (await once(httpRequest({ port, path, agent: false }).end(), 'response'))[0] as IncomingMessage;
    const [read, unread] = [await begun('/uploads/endless'), await begun('/uploads/endless')];
    for (const answer of [read, unread]) answer.on('error', () => undefined);
    try {
      let bytes = 0;
      read.on('data', (chunk: Buffer) => (bytes += chunk.length));
      const cutOff = () => hasty.lines.filter(({ msg }) => msg === 'Cut off').length;
      expect((await begun('/uploads/late')).statusCode).toBe(200);
      await eventually(async () => expect(cutOff()).toBe(1));
      const soFar = bytes;
      await eventually(async () => expect(bytes).toBeGreaterThan(soFar));
      expect([read.destroyed, cutOff()]).toEqual([false, 1]);
    } finally {
      read.destroy();
      unread.destroy();
      await hasty.app.close();
    }
  });
});

describe('a body that dawdles', () => {
  it('is hung up on at the API after its time, but not at the uploads', async () => {
    const slow = await probeApp({ settings: { bodyTimeoutMs: 50 } });
    await slow.app.listen(0);
    expect(slow.app.getHttpServer().requestTimeout).toBe(0);
    const { port } = slow.app.getHttpServer().address() as AddressInfo;
    const begin = (method: string, path: string) => {
      const sent = httpRequest({ port, method, path, headers: { 'Content-Type': 'application/json' } });
      sent.write('{');
      return sent;
    };
    const upload = begin('PUT', '/uploads');
    const call = begin('POST', '/api/v1/probe/orders');
    const [error] = (await once(call, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    upload.end('}');
    const [answer] = (await once(upload, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    upload.destroy();
    await slow.app.close();
  });
});
