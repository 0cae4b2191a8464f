import { randomBytes } from 'node:crypto';
import { backOff } from '../../frontend/src/lib/recorder/upload/pause.js';
import { TrackUpload, type Bytes } from '../../frontend/src/lib/recorder/upload/track-upload.js';
import { Tus, type NewUpload } from '../../frontend/src/lib/recorder/upload/tus.js';
import { hangUp, planted, respond, UploadServer, type Fault } from './support/upload-server.js';

const MEBIBYTE = 1024 * 1024;
const wish: NewUpload = { track: 'screen', mediaType: 'video/webm;codecs=vp9,opus', source: 'capture' };

/** A recording in the making. */
class Growing implements Bytes {
  private content = Buffer.alloc(0);
  get size() {
    return this.content.length;
  }
  get all() {
    return this.content;
  }
  add(length: number) {
    this.content = Buffer.concat([this.content, randomBytes(length)]);
  }
  async read(offset: number, length: number) {
    return new Uint8Array(this.content.subarray(offset, offset + length));
  }
}

let server: UploadServer;
let bytes: Growing;
let token: string;
let renewals: number;

beforeEach(async () => {
  server = new UploadServer();
  await server.start();
  bytes = new Growing();
  token = 'cap_first';
  renewals = 0;
});
afterEach(() => server.stop());

function upload(patienceMs?: number): TrackUpload {
  const renew = async () => {
    renewals++;
    token = server.token;
  };
  const wire = new Tus(server.origin, () => token, patienceMs);
  return new TrackUpload(bytes, wire, { renew, changed: () => undefined });
}

const stored = (track: TrackUpload) => server.uploads.get(track.uploadId!)!.bytes;

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error('It never came true.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Grows, finishes, and waits for the end. */
async function whole(track: TrackUpload, length = 300_000) {
  bytes.add(length);
  track.finish();
  return track.run(() => wish);
}

it('brings every byte there as it grows, also the first chunk of one byte', async () => {
  const track = upload();
  const running = track.run(() => wish);
  for (const length of [1, 180_000, 190_000, 7]) {
    bytes.add(length);
    track.grown();
    await until(() => track.acknowledged === bytes.size);
  }
  track.finish();
  expect(await running).toBeNull();
  expect(stored(track).equals(bytes.all)).toBe(true);
  expect(server.appends).toEqual([1, 180_000, 190_000, 7]);
});

it('says what the upload is, and joins the recording of the first track', async () => {
  const track = upload();
  bytes.add(10);
  track.finish();
  await track.run(() => ({ ...wish, track: 'camera', recordingId: '00000000-0000-4000-8000-000000000001' }));
  const { metadata, recordingId } = server.uploads.get(track.uploadId!)!;
  expect(Object.fromEntries(metadata)).toEqual({
    filetype: 'video/webm;codecs=vp9,opus',
    track: 'camera',
    source: 'capture',
    recording: recordingId,
  });
  expect(track.recordingId).toBe('00000000-0000-4000-8000-000000000001');
});

it('catches up with the backlog of an outage in appends of one mebibyte, and says that it was offline', async () => {
  const track = upload();
  const running = track.run(() => wish);
  bytes.add(1000);
  track.grown();
  await until(() => track.acknowledged === 1000);
  await server.stop();
  for (let second = 0; second < 20; second++) {
    bytes.add(150_000);
    track.grown();
  }
  await until(() => track.unheard === 'offline');
  await server.start();
  track.retryNow();
  await until(() => track.acknowledged === bytes.size);
  expect(track.unheard).toBeNull();
  track.finish();
  await running;
  expect(stored(track).equals(bytes.all)).toBe(true);
  expect(server.appends).toEqual([1000, MEBIBYTE, MEBIBYTE, 3_000_000 - 2 * MEBIBYTE]);
});

it('on a line slower than its backlog sends less at a time, rather than nothing for ever', async () => {
  const track = upload(600);
  server.bytesPerSecond = 1_000_000;
  expect(await whole(track, 2 * MEBIBYTE)).toBeNull();
  expect(stored(track).equals(bytes.all)).toBe(true);
  expect(Math.max(...server.appends)).toBeLessThan(MEBIBYTE);
  expect(server.appends.length).toBeLessThan(80);
}, 30_000);

describe('on a way that lets not everything through', () => {
  it.each([
    ['answers PATCH with 405', planted(405)],
    ['answers PATCH with 501', planted(501)],
    ['answers PATCH with a page', planted(403)],
    ['breaks the connection at PATCH', hangUp],
  ])('that %s, appends by POST, and stays with it', async (_what, refuse) => {
    server.onTheWay = (request, response) => (request.method === 'PATCH' ? refuse(request, response) : 'serve');
    const track = upload();
    const running = track.run(() => wish);
    for (let size = 1000; size <= 5000; size += 1000) {
      bytes.add(1000);
      track.grown();
      track.retryNow();
      await until(() => track.acknowledged === size);
    }
    track.finish();
    expect(await running).toBeNull();
    expect(stored(track).equals(bytes.all)).toBe(true);
    expect(server.methods.slice(-4)).toEqual(['POST', 'POST', 'POST', 'POST']);
  });

  it('does not turn to POST because it was offline', async () => {
    const track = upload();
    const running = track.run(() => wish);
    bytes.add(1000);
    track.grown();
    await until(() => track.acknowledged === 1000);
    await server.stop();
    bytes.add(1000);
    track.grown();
    const impatient = setInterval(() => track.retryNow(), 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    clearInterval(impatient);
    await server.start();
    track.retryNow();
    track.finish();
    expect(await running).toBeNull();
    bytes.add(0);
    expect(server.methods.filter((method) => method === 'PATCH').length).toBeGreaterThan(0);
    expect(server.appends).toEqual([1000, 1000]);
  });

  it.each([
    ['answers 413', planted(413)],
    ['breaks off', hangUp],
  ])('that %s above 64 KiB, sends less at a time, and never again more', async (_what, refuse) => {
    let refused = 0;
    server.onTheWay = (request, response, body) => {
      if (body!.length <= 65_536) return 'serve';
      refused++;
      return refuse(request, response);
    };
    const track = upload();
    const impatient = setInterval(() => track.retryNow(), 1);
    expect(await whole(track, 2 * MEBIBYTE)).toBeNull();
    clearInterval(impatient);
    expect(stored(track).equals(bytes.all)).toBe(true);
    expect([Math.max(...server.appends), refused <= 16]).toEqual([65_536, true]);
  });
});

it('goes on where the server is when an answer was lost', async () => {
  const track = upload();
  server.loseNextAnswer = true;
  expect(await whole(track)).toBeNull();
  expect(stored(track).equals(bytes.all)).toBe(true);
  expect(server.appends).toEqual([300_000]);
});

it('rewinds to the offset that a conflict names', async () => {
  const track = upload();
  bytes.add(5000);
  track.grown();
  const running = track.run(() => wish);
  await until(() => track.acknowledged === 5000);
  server.faults.push((_request, response) => {
    server.uploads.get(track.uploadId!)!.bytes = bytes.all.subarray(0, 2000);
    response.writeHead(409, { 'Upload-Offset': '2000' }).end();
    return 'handled';
  });
  bytes.add(3000);
  track.finish();
  expect(await running).toBeNull();
  expect(stored(track).equals(bytes.all)).toBe(true);
});

it.each([
  ['a busy server', respond(503)],
  ['a digest that did not match', respond(460)],
  ['a digest that did not match, by HTTP', respond(400)],
  ['too many requests', respond(429, { 'Retry-After': '1' })],
  ['a broken connection', hangUp],
])('sends the same again after %s', async (_what, fault) => {
  server.faults.push(() => 'serve', fault);
  const track = upload();
  expect(await whole(track)).toBeNull();
  expect(stored(track).equals(bytes.all)).toBe(true);
});

it('gets a new capability when the old one is over', async () => {
  server.token = 'cap_second';
  const track = upload();
  expect(await whole(track)).toBeNull();
  expect(renewals).toBe(1);
});

it.each([
  [410, 'UPLOAD_DISCARDED', 'gone'],
  [404, 'UPLOAD_UNKNOWN', 'gone'],
  [410, 'LINK_CANCELLED', 'link_closed'],
  [410, 'LINK_EXPIRED', 'link_closed'],
  [410, 'LINK_USED', 'used'],
  [413, 'UPLOAD_TOO_LARGE', 'limited'],
] as const)('ends for good on our %i %s', async (status, code, closed) => {
  server.faults.push(() => 'serve', respond(status, {}, code));
  expect(await whole(upload())).toBe(closed);
});

it.each([
  [200, { 'Upload-Offset': '1000000' }],
  [201, { Location: '/sign-in', 'Upload-Recording': 'x' }],
  [204, {}],
  [302, { Location: '/sign-in' }],
  [401, {}],
  [403, {}],
  [404, {}],
  [410, {}],
  [413, {}],
] as const)('takes %i of anybody else for no answer, says so, and goes on', async (status, headers) => {
  const [foreign, track] = [planted(status, headers, JSON.stringify({ code: 'LINK_CANCELLED' })), upload()];
  let said = 0;
  const noting: Fault = () => (track.unheard === 'foreign' && said++, 'serve');
  server.faults.push(foreign, noting, foreign, foreign, noting);
  expect(await whole(track)).toBeNull();
  expect([said, track.unheard, renewals, server.uploads.size]).toEqual([2, null, 0, 1]);
  expect(stored(track).equals(bytes.all)).toBe(true);
});

it('does not count them among the refusals, however many there are', async () => {
  const track = upload();
  server.faults.push(() => 'serve', ...Array.from({ length: 30 }, () => planted(403)));
  const impatient = setInterval(() => track.retryNow(), 1);
  expect(await whole(track)).toBeNull();
  clearInterval(impatient);
});

it('gives up on an append that is refused again and again, rather than ask for ever', async () => {
  const track = upload();
  server.faults.push(() => 'serve', ...Array.from({ length: 11 }, () => respond(400)));
  const running = whole(track);
  const impatient = setInterval(() => track.retryNow(), 1);
  expect(await running).toBe('refused');
  clearInterval(impatient);
});

it('does not ask a failing server sooner because the recording grows', async () => {
  const track = upload();
  let asked = 0;
  const busy = respond(503);
  for (let i = 0; i < 50; i++) server.faults.push((...at) => (asked++, busy(...at)));
  const running = track.run(() => wish);
  const began = Date.now();
  while (Date.now() - began < 500) {
    bytes.add(10);
    track.grown();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  track.abandon();
  await running;
  expect(asked).toBeLessThanOrEqual(3);
});

it('resumes an upload that an earlier page began, from the offset that the server names', async () => {
  const before = upload();
  bytes.add(2000);
  const running = before.run(() => wish);
  await until(() => before.acknowledged === 2000);
  before.abandon();
  await running;
  bytes.add(1500);
  const track = upload();
  track.resume(before.uploadId!, before.recordingId!);
  track.finish();
  expect(await track.run(() => wish)).toBeNull();
  expect(server.appends).toEqual([2000, 1500]);
  expect(stored(track).equals(bytes.all)).toBe(true);
});

it('refuses to go on with an upload that holds more than there is here', async () => {
  const before = upload();
  await whole(before, 2000);
  bytes = new Growing();
  bytes.add(100);
  const track = upload();
  track.resume(before.uploadId!, before.recordingId!);
  track.finish();
  expect(await track.run(() => wish)).toBe('refused');
});

it('waits 250 ms first and 8 s at most, never all browsers at once', () => {
  expect(backOff(0, 1)).toBe(250);
  expect(backOff(0, 0)).toBe(125);
  expect(backOff(3, 1)).toBe(2000);
  expect(backOff(40, 1)).toBe(8000);
});
