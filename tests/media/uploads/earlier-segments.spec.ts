import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { segmentName, uploadPrefix } from '#modules/media/uploads/upload.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { madeOf, objectsOf, segmentsOf, stored } from './support/stored.js';
import { TusCustomer } from './support/tus-customer.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
beforeAll(async () => {
  ground = await uploadGround();
});
afterAll(() => ground.drop());

it('what was stored when each append had an object of its own is still read, and continued', async () => {
  const customer = new TusCustomer();
  const before = await ground.start();
  const upload = await customer.open(before);
  const parts = [randomBytes(70_000), randomBytes(1_000)];
  for (const { offset } of segmentsOf(...parts)) await customer.patch(before, upload.path, offset, parts[offset && 1]!);
  await asItWas(before.get(SealedObjects), upload, parts);
  await ground.database.pool.query(await readFile('migrations/010_segment_places.sql', 'utf8'));

  const after = await ground.start();
  expect(await stored(after, upload)).toEqual(madeOf(...parts));
  const next = randomBytes(500);
  expect((await customer.patch(after, upload.path, 71_000, next)).status).toBe(204);
  expect(await stored(after, upload)).toEqual(madeOf(...parts, next));
  expect((await objectsOf(after, upload.recordingId)).size).toBe(3);
});

/** The rows and objects of the version before that migration. */
async function asItWas(sealed: SealedObjects, upload: { id: string; recordingId: string }, parts: Buffer[]) {
  const prefix = uploadPrefix(upload);
  await sealed.deletePrefix(prefix);
  for (const [n, segment] of segmentsOf(...parts).entries())
    await sealed.put(upload.recordingId, prefix + segmentName(segment), parts[n]!);
  await ground.database.pool.query('ALTER TABLE recording.segment DROP COLUMN object_key, DROP COLUMN object_start');
}
