import { createHash, randomBytes } from 'node:crypto';
import { Keeper } from '../../frontend/src/lib/recorder/upload/keeper.js';
import type { Keeping } from '../../frontend/src/lib/recorder/upload/keeper-protocol.js';
import { MemoryStore } from '../../frontend/src/lib/recorder/upload/memory-store.js';
import { LastingStore } from './support/lasting-store.js';
import { respond, UploadServer, type Fault } from './support/upload-server.js';

const requestId = 'request-1';
const screen = { track: 'screen', mediaType: 'video/webm' } as const;
const camera = { track: 'camera', mediaType: 'video/webm' } as const;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let server: UploadServer;
let store: LastingStore;
beforeEach(async () => {
  server = new UploadServer();
  await server.start();
  store = new LastingStore();
});
afterEach(() => server.stop());

/** A page's keeper, with the last that it told. */
function page(local: LastingStore | MemoryStore = store) {
  const news: { keeping: Keeping | null } = { keeping: null };
  const keeper: Keeper = new Keeper(
    async () => local,
    {
      keeping: (keeping) => void (news.keeping = keeping),
      tokenWanted: () => void keeper.renewed({ token: server.token }),
    },
    server.origin,
  );
  return { keeper, news };
}

const begin = (keeper: Keeper, tracks: { track: 'screen' | 'camera'; mediaType: string }[] = [screen]) =>
  keeper.begin({ requestId, startedAt: new Date().toISOString(), tracks, token: server.token });
const record = async (keeper: Keeper, track: 'screen' | 'camera', bytes: Buffer) => {
  for (let at = 0; at < bytes.length; at += 70_000)
    await keeper.append({ track, chunk: new Blob([new Uint8Array(bytes.subarray(at, at + 70_000))]) });
};
const stored = (track: string) =>
  [...server.uploads.values()].filter(({ metadata }) => metadata.get('track') === track).at(-1)!;

/** The page goes, as in a reload or a crash: its locks are released, its uploads stop. */
const vanish = (keeper: Keeper) => {
  const held = keeper as unknown as { recording: { stop(): void }; release: () => void };
  held.recording.stop();
  held.release();
};

it.each([
  ['on disk', () => new LastingStore()],
  ['in memory', () => new MemoryStore()],
])('brings screen and camera into one recording, and says what Send must say of them, %s', async (_where, make) => {
  const [pictures, face] = [randomBytes(500_000), randomBytes(90_000)];
  const { keeper, news } = page(make());
  await begin(keeper, [screen, camera]);
  await Promise.all([record(keeper, 'screen', pictures), record(keeper, 'camera', face)]);
  await keeper.finish();
  const sent = await keeper.settled();
  expect(sent).toEqual([
    { uploadId: expect.any(String) as string, bytes: 500_000, sha256: sha256(pictures) },
    { uploadId: expect.any(String) as string, bytes: 90_000, sha256: sha256(face) },
  ]);
  expect(await keeper.settled()).toEqual(sent);
  expect(stored('screen').bytes.equals(pictures)).toBe(true);
  expect(stored('camera').bytes.equals(face)).toBe(true);
  expect(stored('camera').recordingId).toBe(stored('screen').recordingId);
  expect(news.keeping).toMatchObject({ bytes: 590_000, acknowledged: 590_000, closed: null, full: false });
  const media = await keeper.media();
  expect(Buffer.from(await media[0]!.media.arrayBuffer()).equals(pictures)).toBe(true);
});

it('offers what a vanished page left, and goes on where the server is', async () => {
  const bytes = randomBytes(700_000);
  const before = page();
  await begin(before.keeper);
  await record(before.keeper, 'screen', bytes.subarray(0, 300_000));
  while (before.news.keeping?.acknowledged !== 300_000) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.stop();
  await record(before.keeper, 'screen', bytes.subarray(300_000));
  expect(await page().keeper.unfinished({ requestId })).toEqual([]);
  vanish(before.keeper);
  await server.start();

  const { keeper } = page();
  expect(await keeper.unfinished({ requestId: 'another' })).toEqual([]);
  const [left] = await keeper.unfinished({ requestId });
  expect(left).toMatchObject({ bytes: 700_000, recordingId: stored('screen').recordingId });
  const [uploadId] = [...server.uploads.keys()] as [string];
  const { recordingId } = stored('screen');
  await keeper.recover({ id: left!.id, open: [{ recordingId, uploadId, track: 'screen' }], token: server.token });
  expect(await keeper.settled()).toEqual([{ uploadId, bytes: 700_000, sha256: sha256(bytes) }]);
  expect(stored('screen').bytes.equals(bytes)).toBe(true);
});

it('uploads the whole local copy anew when the server has let go of the recording', async () => {
  const bytes = randomBytes(200_000);
  const before = page();
  await begin(before.keeper);
  await record(before.keeper, 'screen', bytes);
  while (before.news.keeping?.acknowledged !== 200_000) await new Promise((resolve) => setTimeout(resolve, 5));
  vanish(before.keeper);
  server.uploads.clear();

  const { keeper } = page();
  const [left] = await keeper.unfinished({ requestId });
  await keeper.recover({ id: left!.id, open: [], token: server.token });
  expect(await keeper.settled()).toMatchObject([{ bytes: 200_000, sha256: sha256(bytes) }]);
  expect(stored('screen').bytes.equals(bytes)).toBe(true);
});

it('uploads again from the beginning when asked, as after a mismatch', async () => {
  const bytes = randomBytes(100_000);
  const { keeper } = page();
  await begin(keeper);
  await record(keeper, 'screen', bytes);
  await keeper.finish();
  const first = await keeper.settled();
  await keeper.uploadAgain();
  const second = await keeper.settled();
  expect(second).toMatchObject([{ bytes: 100_000, sha256: sha256(bytes) }]);
  expect(second![0]!.uploadId).not.toBe(first![0]!.uploadId);
});

it('keeps what it has when the disk is full, and takes nothing after a gap', async () => {
  const bytes = randomBytes(140_000);
  const { keeper, news } = page();
  await begin(keeper);
  await record(keeper, 'screen', bytes);
  store.full = true;
  await record(keeper, 'screen', randomBytes(10));
  store.full = false;
  await record(keeper, 'screen', randomBytes(10));
  await keeper.finish();
  expect(news.keeping?.full).toBe(true);
  expect(await keeper.settled()).toMatchObject([{ bytes: 140_000, sha256: sha256(bytes) }]);
});

it('goes on keeping and uploading when what it knows of a recording cannot be written down', async () => {
  const [bytes, save] = [randomBytes(140_000), store.save.bind(store)];
  let saved = 0;
  store.save = (about) => (++saved === 2 ? Promise.reject(new DOMException('Busy')) : save(about));
  const { keeper, news } = page();
  await begin(keeper);
  await record(keeper, 'screen', bytes.subarray(0, 70_000));
  while (news.keeping?.acknowledged !== 70_000) await new Promise((resolve) => setTimeout(resolve, 5));
  await record(keeper, 'screen', bytes.subarray(70_000));
  await keeper.finish();
  expect(saved).toBe(2);
  expect(await keeper.settled()).toMatchObject([{ bytes: 140_000, sha256: sha256(bytes) }]);
});

it('asks again for a capability when there was none to be had', async () => {
  const bytes = randomBytes(10_000);
  const answers = [null, 'cap_second'];
  const tokenWanted = () => void keeper.renewed({ token: answers.shift()! });
  const keeper: Keeper = new Keeper(async () => store, { keeping: () => undefined, tokenWanted }, server.origin);
  await begin(keeper);
  server.token = 'cap_second';
  await record(keeper, 'screen', bytes);
  await keeper.finish();
  expect(await keeper.settled()).toMatchObject([{ bytes: 10_000, sha256: sha256(bytes) }]);
  expect(answers).toEqual([]);
});

it('vouches for the part that the server took when the rest is over its limit', async () => {
  const bytes = randomBytes(140_000);
  const { keeper, news } = page();
  await begin(keeper);
  await record(keeper, 'screen', bytes.subarray(0, 70_000));
  while (news.keeping?.acknowledged !== 70_000) await new Promise((resolve) => setTimeout(resolve, 5));
  server.faults.push(respond(413, {}, 'UPLOAD_TOO_LARGE'));
  await record(keeper, 'screen', bytes.subarray(70_000));
  await keeper.finish();
  expect(await keeper.settled()).toMatchObject([{ bytes: 70_000, sha256: sha256(bytes.subarray(0, 70_000)) }]);
  expect(news.keeping?.closed).toBe('limited');
});

it('has nothing to send when nothing was recorded, or the link is closed', async () => {
  const { keeper, news } = page();
  await begin(keeper);
  server.faults.push(respond(410, {}, 'LINK_CANCELLED'));
  await record(keeper, 'screen', randomBytes(10));
  await keeper.finish();
  expect(await keeper.settled()).toBeNull();
  expect(news.keeping?.closed).toBe('link_closed');
});

it('forgets the local copy when told, and what lies about for more than a week by itself', async () => {
  const { keeper } = page();
  await begin(keeper);
  await record(keeper, 'screen', randomBytes(10));
  await keeper.finish();
  await keeper.forget();
  expect(store.recordings.size).toBe(0);

  const old = new Date(Date.now() - 8 * 86_400_000).toISOString();
  await store.save({ id: 'old', requestId, startedAt: old, tracks: [], recordingId: null });
  expect(await keeper.unfinished({ requestId })).toEqual([]);
  expect(store.recordings.size).toBe(0);
});

it('sends a file that a person chose as it is', async () => {
  const bytes = randomBytes(2_500_000);
  const { keeper } = page();
  const file = new File([new Uint8Array(bytes)], 'phone.mov');
  await keeper.uploadFile({ file, mediaType: 'video/quicktime', token: server.token });
  expect(await keeper.settled()).toMatchObject([{ bytes: 2_500_000, sha256: sha256(bytes) }]);
  const { metadata, length } = stored('screen');
  expect(Object.fromEntries(metadata)).toMatchObject({ filetype: 'video/quicktime', source: 'file' });
  expect(length).toBe(2_500_000);
});

it.each([
  ['cannot be read', () => Promise.reject(new DOMException('Moved', 'NotReadableError')), 'unreadable'],
  ['is larger than is taken', null, 'limited'],
  ['is of no kind that is taken', null, 'refused'],
] as const)('says at once of a file that it %s, and sends nothing of it', async (_what, read, closed) => {
  const { keeper, news } = page();
  const file = new File([new Uint8Array(1000)], 'phone.mov');
  if (read) file.slice = () => ({ arrayBuffer: read }) as unknown as Blob;
  if (closed === 'limited') server.faults.push(respond(413, {}, 'UPLOAD_TOO_LARGE'));
  if (closed === 'refused') server.faults.push(respond(415, {}, 'MEDIA_TYPE_UNSUPPORTED'));
  await keeper.uploadFile({ file, mediaType: 'video/quicktime', token: server.token });
  expect(await keeper.settled()).toBeNull();
  expect(news.keeping?.closed).toBe(closed);
});

it('sends no half of a file', async () => {
  const { keeper, news } = page();
  const file = new File([new Uint8Array(randomBytes(1_500_000))], 'phone.mov');
  server.onTheWay = (request, response) => {
    if (request.headers['upload-offset'] !== '1048576') return 'serve';
    return respond(413, {}, 'UPLOAD_TOO_LARGE')(request, response);
  };
  await keeper.uploadFile({ file, mediaType: 'video/quicktime', token: server.token });
  expect(await keeper.settled()).toBeNull();
  expect(news.keeping).toMatchObject({ closed: 'limited', acknowledged: 1_048_576 });
});

/** Answers what the camera begins, or its second append, in place of the server. */
const toCamera =
  (method: string, answer: Fault): Fault =>
  (request, response) => {
    const track = Buffer.from(
      /track (\S+?)(,|$)/.exec(String(request.headers['upload-metadata']))?.[1] ?? '',
      'base64',
    );
    const began = server.uploads.get(request.url!.split('/').at(-1)!)?.metadata.get('track') ?? String(track);
    const hit =
      request.method === method &&
      began === 'camera' &&
      (method === 'POST' || request.headers['upload-offset'] !== '0');
    return hit ? answer(request, response) : 'serve';
  };

it.each([
  ['never began', 'POST', respond(409, {}, 'TOO_MANY_UPLOADS'), 0],
  ['is as large as it may be', 'PATCH', respond(413, {}, 'UPLOAD_TOO_LARGE'), 70_000],
] as const)('goes on with the screen when the upload of the camera %s', async (_why, method, answer, kept) => {
  const [pictures, face] = [randomBytes(300_000), randomBytes(140_000)];
  const { keeper, news } = page();
  server.faults.push(...Array.from({ length: 50 }, () => toCamera(method, answer)));
  await begin(keeper, [screen, camera]);
  await record(keeper, 'screen', pictures.subarray(0, 100_000));
  await record(keeper, 'camera', face.subarray(0, 70_000));
  if (kept) while (stored('camera')?.bytes.length !== kept) await new Promise((resolve) => setTimeout(resolve, 5));
  await record(keeper, 'camera', face.subarray(70_000));
  while (!news.keeping?.withoutCamera) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(news.keeping.closed).toBeNull();
  await record(keeper, 'camera', randomBytes(10));
  await record(keeper, 'screen', pictures.subarray(100_000));
  await keeper.finish();
  const sent = await keeper.settled();
  expect(sent!.map(({ bytes }) => bytes)).toEqual([300_000, kept].filter((bytes) => bytes > 0));
  expect((await keeper.media()).map(({ media }) => media.size)).toEqual(sent!.map(({ bytes }) => bytes));
  expect(news.keeping).toMatchObject({ bytes: 300_000 + kept, acknowledged: 300_000 + kept, closed: null });
});

it('says that there is no room, and brings it once there is', async () => {
  const { keeper, news } = page();
  server.faults.push(respond(503, { 'Retry-After': '600' }, 'NO_ROOM'));
  await begin(keeper);
  await record(keeper, 'screen', randomBytes(1000));
  while (!news.keeping?.noRoom) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(news.keeping).toMatchObject({ bytes: 1000, acknowledged: 0, unheard: null, closed: null });
  await keeper.retryNow();
  await keeper.finish();
  await keeper.settled();
  expect(news.keeping).toMatchObject({ acknowledged: 1000, noRoom: false });
});
