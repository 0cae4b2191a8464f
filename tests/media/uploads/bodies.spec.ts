import { randomBytes } from 'node:crypto';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { BodyBrokeOff, piecesOf } from '#modules/media/uploads/append-body.js';
import { SEGMENT_BYTES } from '#modules/media/uploads/upload.js';
import { eventually } from '../../support/eventually.js';
import { contentOf, madeOf, rowOf, stored } from './support/stored.js';
import { contentDigest, TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let server: UploadApp;
const customer = new TusCustomer();
beforeAll(async () => {
  ground = await uploadGround();
  server = await ground.start();
});
afterAll(() => ground.drop());

/** Begins a PATCH over a bare socket: whatever is announced, what follows is up to the caller. */
async function begin(path: string, headers: Record<string, string>, sent: Buffer): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const all = {
    host: 'localhost',
    'tus-resumable': '1.0.0',
    authorization: customer.authorization,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': '0',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`PATCH ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
  return socket;
}

describe('a body that breaks off', () => {
  it('leaves nothing when it was one append with a digest, and the append can be sent again', async () => {
    const upload = await customer.open(server);
    const whole = randomBytes(100_000);
    const half = whole.subarray(0, 60_000);
    const socket = await begin(upload.path, { 'content-length': '100000', ...contentDigest(whole) }, half);
    await new Promise<void>((resolve) => socket.end(resolve));
    expect((await customer.patch(server, upload.path, 0, whole)).offset).toBe(100_000);
    expect(await stored(server, upload)).toEqual(madeOf(whole));
  });

  it('leaves all that arrived of a stream, and the stream goes on from there', async () => {
    const upload = await customer.open(server);
    const whole = randomBytes(3 * SEGMENT_BYTES);
    const sent = whole.subarray(0, 2.5 * SEGMENT_BYTES);
    const socket = await begin(upload.path, { 'content-length': String(whole.length) }, sent);
    await eventually(async () => expect((await rowOf(server, upload)).offset).toBe(2 * SEGMENT_BYTES));
    socket.end();
    await eventually(async () => expect((await rowOf(server, upload)).offset).toBe(sent.length));
    const { offset } = await customer.head(server, upload.path);
    expect(offset).toBe(sent.length);
    await customer.patchUnchecked(server, upload.path, offset!, whole.subarray(offset!));
    expect(await stored(server, upload)).toMatchObject(contentOf(whole));
  });

  it.each([
    ['standing still', { idleMs: 50, waitMs: 60_000, bytes: 1 }, 60_000],
    ['dripping', { idleMs: 60_000, waitMs: 200, bytes: 1000 }, 10],
  ])('by %s is given up', async (_, pace, dripMs) => {
    const outcome = Promise.withResolvers<unknown>();
    const listener = createServer((incoming) => {
      Array.fromAsync(piecesOf(incoming, { size: 100, whole: true }, pace)).then(outcome.resolve, outcome.reject);
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const slow = request({ port, method: 'PATCH', headers: { 'content-length': '20000' } });
    slow.on('error', () => undefined);
    slow.write(randomBytes(150));
    const drip = setInterval(() => slow.write('.'), dripMs);
    await expect(outcome.promise).rejects.toThrow(BodyBrokeOff);
    clearInterval(drip);
    listener.close();
  });
});

describe('a body in odd shape', () => {
  it('chopped into single bytes arrives whole', async () => {
    const upload = await customer.open(server);
    const whole = randomBytes(5_000);
    const chopped = Buffer.concat(
      [...whole].map((byte) => Buffer.concat([Buffer.from('1\r\n'), Buffer.from([byte]), Buffer.from('\r\n')])),
    );
    const socket = await begin(
      upload.path,
      { 'transfer-encoding': 'chunked', connection: 'close' },
      Buffer.concat([chopped, Buffer.from('0\r\n\r\n')]),
    );
    expect(await text(socket)).toContain('204 No Content');
    expect(await stored(server, upload)).toEqual(madeOf(whole));
  });

  it('that is refused is let run out, so that the client reads why and its connection lives', async () => {
    const upload = await customer.open(server);
    const body = randomBytes(SEGMENT_BYTES);
    const headers = { 'content-length': String(body.length), 'upload-offset': '7' };
    const socket = await begin(upload.path, headers, body);
    socket.write(`OPTIONS /uploads HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    const answers = await text(socket);
    expect(answers).toContain('409 Conflict');
    expect(answers).toContain('UPLOAD_OFFSET_MISMATCH');
    expect(answers).toContain('204 No Content');
  });

  it.each([
    ['after its first piece', { 'upload-offset': '7' }],
    ['before it was looked at', { 'upload-offset': '7', 'tus-resumable': '0.1' }],
  ])('that is refused %s and does not end is cut off', async (_, wrong) => {
    const upload = await customer.open(server);
    const socket = await begin(upload.path, { 'content-length': String(2 ** 29), ...wrong }, randomBytes(1000));
    let sent = 0;
    const piece = randomBytes(256 * 1024);
    const pour = () => {
      while (!socket.destroyed && sent < 2 ** 29 && socket.write(piece)) sent += piece.length;
    };
    socket.on('drain', pour).resume();
    const began = performance.now();
    pour();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(sent).toBeLessThan(2 ** 26);
    expect(performance.now() - began).toBeLessThan(4000); // not by the time-out of an idle connection
  });

  it('among hundreds that hardly move holds nobody up', async () => {
    const upload = await customer.open(server);
    const stuck = await Promise.all(
      Array.from({ length: 300 }, () => begin(upload.path, { 'content-length': '1000000' }, randomBytes(10))),
    );
    const bytes = randomBytes(100_000);
    expect((await customer.patch(server, upload.path, 0, bytes)).offset).toBe(100_000);
    for (const socket of stuck) socket.resetAndDestroy();
    expect(await stored(server, upload)).toEqual(madeOf(bytes));
  });
});
