import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { SegmentedMedia } from '#modules/media/uploads/segmented-media.js';
import { UploadLifecycle } from '#modules/media/uploads/upload-lifecycle.js';
import type { Upload } from '#modules/media/uploads/upload.js';
import { ObjectMissing } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { rowOf } from './support/stored.js';
import { TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let server: UploadApp;
let media: SegmentedMedia;
let upload: Upload;
let whole: Buffer;
const customer = new TusCustomer();
let gets = 0;
class CountedObjects extends SealedObjects {
  override getAdded(...wanted: Parameters<SealedObjects['getAdded']>): Promise<Readable> {
    gets++;
    return super.getAdded(...wanted);
  }
}
beforeAll(async () => {
  ground = await uploadGround();
  server = await ground.start({ sealed: (storage, keys) => new CountedObjects(storage, keys) });
  media = server.get(SegmentedMedia);
  const parts = [1, 7, 65_536, 65_535, 100_000, 3, 200_000, 12, 1, 90_000, 4_096].map((size) => randomBytes(size));
  whole = Buffer.concat(parts);
  const { path, id } = await customer.open(server);
  let offset = 0;
  for (const part of parts) offset = (await customer.patch(server, path, offset, part)).offset!;
  upload = await rowOf(server, { id });
});
afterAll(() => ground.drop());

it('reads any range of the whole as if it were one file', async () => {
  const position = fc.nat({ max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(position, position, async (a, b) => {
      const range = { start: Math.min(a, b), end: Math.max(a, b) };
      const read = await buffer(media.read(upload, range));
      expect(read.equals(whole.subarray(range.start, range.end + 1))).toBe(true);
    }),
    {
      numRuns: 60,
      examples: [
        [0, 0],
        [0, 1],
        [1, 8],
        [8, 65_543],
        [whole.length - 1, whole.length - 1],
      ],
    },
  );
});

it('reads only a little ahead of its reader, and stops when the reader leaves', async () => {
  const opened = await customer.open(server);
  let offset = 0;
  for (let n = 0; n < 40; n++)
    offset = (await customer.patch(server, opened.path, offset, randomBytes(70_000))).offset!;
  gets = 0;
  const stream = media.read(await rowOf(server, opened));
  for await (const first of stream) {
    expect((first as Buffer).length).toBeGreaterThan(0);
    break;
  }
  expect(stream.destroyed).toBe(true);
  expect(gets).toBeGreaterThan(0);
  expect(gets).toBeLessThan(15);
});

it('of an upload without bytes is empty', async () => {
  const empty = await rowOf(server, await customer.open(server));
  expect((await buffer(media.read(empty))).length).toBe(0);
  expect((await media.digest(empty)).toString('hex')).toMatch(/^e3b0c44298fc1c14/);
});

it('fails with ObjectMissing when the segments go while it is read', async () => {
  const opened = await customer.open(server);
  let offset = 0;
  for (let n = 0; n < 20; n++)
    offset = (await customer.patch(server, opened.path, offset, randomBytes(70_000))).offset!;
  const stream = media.read(await rowOf(server, opened));
  const reading = stream[Symbol.asyncIterator]();
  await reading.next();
  await server.get(UploadLifecycle).discard(opened.recordingId);
  await expect(
    (async () => {
      while (!(await reading.next()).done);
    })(),
  ).rejects.toThrow(ObjectMissing);
});
