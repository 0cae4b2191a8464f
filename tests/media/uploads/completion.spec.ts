import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UploadLifecycle } from '#modules/media/uploads/upload-lifecycle.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { eventually } from '../../support/eventually.js';
import { madeOf, objectsOf, rowOf, stored } from './support/stored.js';
import { sha256, TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let [east, west]: UploadApp[] = [];
const customer = new TusCustomer();
const [first, second] = [randomBytes(90_000), randomBytes(60_000)];
const whole = Buffer.concat([first, second]);
beforeAll(async () => {
  ground = await uploadGround();
  [east, west] = [await ground.start(), await ground.start()];
});
afterAll(() => ground.drop());

async function uploaded() {
  const upload = await customer.open(east!);
  await customer.patch(east!, upload.path, 0, first);
  await customer.patch(west!, upload.path, 90_000, second);
  return upload;
}

it('an upload whose length and digest agree is complete, also when that is said again, to both servers at once', async () => {
  const upload = await uploaded();
  const answers = await Promise.all([east, west, east, west].map((at) => customer.complete(at!, upload.path, whole)));
  expect(answers.map(({ status, offset }) => [status, offset])).toEqual(answers.map(() => [204, 150_000]));
  expect(await rowOf(east!, upload)).toMatchObject({
    status: 'complete',
    sha256: sha256(whole),
    durationMs: 1000,
    width: 64,
    height: 48,
  });
});

it('while bytes are missing it says where to go on; after that it can be completed', async () => {
  const upload = await customer.open(east!);
  await customer.patch(east!, upload.path, 0, first);
  const early = await customer.complete(west!, upload.path, whole);
  expect([early.status, early.code, early.offset]).toEqual([409, 'UPLOAD_OFFSET_MISMATCH', 90_000]);
  await customer.patch(west!, upload.path, 90_000, second);
  expect((await customer.complete(west!, upload.path, whole)).status).toBe(204);
});

it('a wrong digest is refused, and the upload stays open', async () => {
  const upload = await uploaded();
  const other = Buffer.concat([second, first]);
  const wrong = await customer.complete(east!, upload.path, other);
  expect([wrong.status, wrong.code]).toEqual([409, 'UPLOAD_DIGEST_MISMATCH']);
  expect((await rowOf(west!, upload)).status).toBe('open');
  expect((await customer.complete(west!, upload.path, whole)).status).toBe(204);
  const contradiction = await customer.complete(east!, upload.path, other);
  expect([contradiction.status, contradiction.code]).toEqual([409, 'UPLOAD_COMPLETE']);
});

it('a complete upload takes no more, but still knows its duplicates', async () => {
  const upload = await uploaded();
  await customer.complete(east!, upload.path, whole);
  for (const server of [east!, west!]) {
    const more = await customer.patch(server, upload.path, 150_000, first);
    expect([more.status, more.code, more.offset]).toEqual([409, 'UPLOAD_COMPLETE', 150_000]);
    expect((await customer.patch(server, upload.path, 90_000, second)).status).toBe(204);
  }
  expect((await customer.head(west!, upload.path)).offset).toBe(150_000);
});

it('an append that races with completion is either in it or refused', async () => {
  for (let round = 0; round < 8; round++) {
    const upload = await customer.open(east!);
    await customer.patch(east!, upload.path, 0, first);
    const [append, completion] = await Promise.all([
      customer.patch(west!, upload.path, 90_000, second),
      customer.complete(east!, upload.path, first),
    ]);
    const row = await rowOf(east!, upload);
    expect([append.status, completion.status, row.status, row.offset]).toEqual(
      completion.status === 204 ? [409, 204, 'complete', 90_000] : [204, 409, 'open', 150_000],
    );
  }
});

it('an upload that is completed while it is being taken back stays whole', async () => {
  const upload = await uploaded();
  const completing = await ground.database.pool.connect();
  await completing.query('BEGIN');
  await completing.query("UPDATE recording.upload SET status = 'complete', closed_at = now() WHERE id = $1", [
    upload.id,
  ]);
  const removal = customer.send(`${east!.url}${upload.path}`, 'DELETE');
  await eventually(async () => {
    const { rows } = await ground.database.pool.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rows).toHaveLength(1);
  });
  await completing.query('COMMIT');
  completing.release();
  const { status, code } = await removal;
  expect([status, code]).toEqual([409, 'UPLOAD_COMPLETE']);
  expect(await stored(west!, upload)).toEqual(madeOf(first, second));
});

describe('the digest of the whole', () => {
  let reads = 0;
  class CountedObjects extends SealedObjects {
    override getAdded(...wanted: Parameters<SealedObjects['getAdded']>): Promise<Readable> {
      reads++;
      return super.getAdded(...wanted);
    }
  }
  const counted = () => ground.start({ sealed: (storage, keys) => new CountedObjects(storage, keys) });

  it('is read once of what is there, however often and wrongly it is claimed', async () => {
    const server = await counted();
    const upload = await uploaded();
    const claim = () => customer.complete(server, upload.path, Buffer.from(whole).fill(7, 5, 6));
    const answers = [...(await Promise.all([claim(), claim(), claim()])), await claim()];
    for (const { status, code } of answers) expect([status, code]).toEqual([409, 'UPLOAD_DIGEST_MISMATCH']);
    expect(reads).toBe(2);
    await customer.patch(server, upload.path, 150_000, first);
    expect((await customer.complete(server, upload.path, Buffer.concat([whole, first]))).status).toBe(204);
    expect(reads).toBe(5);
  });

  it('is read again after it could not be read', async () => {
    const server = await counted();
    const upload = await uploaded();
    const storage = server.get(ObjectStorage);
    const [[key, sealed]] = [...(await objectsOf(server, upload.recordingId))] as [[string, Buffer]];
    await storage.delete(key);
    const lost = await customer.complete(server, upload.path, whole); // who still has it may upload it again
    expect([lost.status, lost.code]).toEqual([409, 'UPLOAD_DIGEST_MISMATCH']);
    await storage.put(key, sealed);
    expect((await customer.complete(server, upload.path, whole)).status).toBe(204);
  });

  it('is not read as often as somebody adds a byte to ask for it', async () => {
    const server = await counted();
    const restless = new TusCustomer();
    const { path } = await restless.open(server);
    const codes: (string | null)[] = [];
    for (let offset = 0; offset < 45; offset++) {
      await restless.patch(server, path, offset, Buffer.from('x'));
      codes.push((await restless.complete(server, path, Buffer.alloc(offset + 1))).code);
    }
    expect(codes).toEqual([
      ...Array<string>(40).fill('UPLOAD_DIGEST_MISMATCH'),
      ...Array<string>(5).fill('RATE_LIMITED'),
    ]);
    const neighbour = await uploaded();
    expect((await customer.complete(server, neighbour.path, whole)).status).toBe(204);
  });
});

it('a recording that is too long, or a claim that makes no sense, is refused', async () => {
  const upload = await uploaded();
  const refused = async (claim: Record<string, unknown>) => {
    const { status, code } = await customer.complete(east!, upload.path, whole, claim);
    return [status, code];
  };
  expect(await refused({ durationMs: 7_200_000 + 60_000 })).toEqual([413, 'RECORDING_TOO_LONG']);
  expect(await refused({ durationMs: 7_200_000 + 5_000, bytes: 0 })).toEqual([400, 'INPUT_INVALID']);
  expect(await refused({ sha256: 'abc' })).toEqual([400, 'INPUT_INVALID']);
  expect(await refused({ width: -1 })).toEqual([400, 'INPUT_INVALID']);
  expect(await refused({ surprise: 1 })).toEqual([400, 'INPUT_INVALID']);
  const body = Buffer.from('{"bytes":');
  const broken = await customer.send(
    `${east!.url}${upload.path}/complete`,
    'POST',
    { 'content-type': 'application/json' },
    body,
  );
  expect([broken.status, broken.code]).toEqual([400, 'REQUEST_MALFORMED']);
});

it('what was settled without the client cannot be completed, continued or taken back', async () => {
  const upload = await uploaded();
  await west!.get(UploadLifecycle).finalise(upload.recordingId);
  const [completion, append, removal] = [
    await customer.complete(east!, upload.path, whole),
    await customer.patch(east!, upload.path, 150_000, first),
    await customer.send(`${east!.url}${upload.path}`, 'DELETE'),
  ];
  expect([completion, append, removal].map(({ status, code }) => [status, code])).toEqual([
    [410, 'UPLOAD_FINALISED'],
    [410, 'UPLOAD_FINALISED'],
    [409, 'UPLOAD_SETTLED'],
  ]);
  expect((await rowOf(east!, upload)).offset).toBe(150_000);
});
