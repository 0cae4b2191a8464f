import { randomBytes } from 'node:crypto';
import { DiskObjectStorage } from '#platform/object-storage/disk-object-storage.js';
import { UploadLifecycle } from '#modules/media/uploads/upload-lifecycle.js';
import { eventually } from '../../support/eventually.js';
import { startProxy } from '../../support/tcp-proxy.js';
import { FaultyStorage } from './support/faulty-storage.js';
import { madeOf, objectsOf, stored } from './support/stored.js';
import { TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let server: UploadApp;
let storage: FaultyStorage;
const customer = new TusCustomer();
const bytes = randomBytes(80_000);
beforeAll(async () => {
  ground = await uploadGround();
  const open = async (directory: string) => (storage = new FaultyStorage(await DiskObjectStorage.open(directory)));
  server = await ground.start({ storage: open });
});
beforeEach(() => {
  storage.before = storage.after = () => undefined;
});
afterAll(() => ground.drop());

it('a full disk is answered 503 with a time to retry; nothing is acknowledged, and the retry succeeds', async () => {
  const upload = await customer.open(server);
  storage.before = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  const refused = await customer.patch(server, upload.path, 0, bytes);
  expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([503, 'STORAGE_UNAVAILABLE', '1']);
  expect((await customer.head(server, upload.path)).offset).toBe(0);
  storage.before = () => undefined;
  expect((await customer.patch(server, upload.path, 0, bytes)).offset).toBe(80_000);
  expect(await stored(server, upload)).toEqual(madeOf(bytes));
});

it('a stream that meets a full disk halfway keeps what was acknowledged', async () => {
  const upload = await customer.open(server);
  const whole = randomBytes(3 * 1024 * 1024);
  let puts = 0;
  storage.before = () => {
    if (++puts > 2) throw new Error('EIO: i/o error, write');
  };
  const refused = await customer.patchUnchecked(server, upload.path, 0, whole);
  expect(refused.status).toBe(503);
  storage.before = () => undefined;
  const { offset } = await customer.head(server, upload.path);
  expect(offset).toBe(2 * 1024 * 1024);
  expect((await customer.patchUnchecked(server, upload.path, offset!, whole.subarray(offset!))).status).toBe(204);
});

/** A server whose way to the database can be cut. */
async function farServer() {
  const proxy = await startProxy(new URL(ground.database.url));
  const url = new URL(ground.database.url);
  url.port = String(proxy.port);
  return { proxy, far: await ground.start({ databaseUrl: url.href }) };
}

it('a database that cannot be reached is answered 503, and another server goes on', async () => {
  const { proxy, far } = await farServer();
  const upload = await customer.open(far);
  expect((await customer.patch(far, upload.path, 0, bytes)).offset).toBe(80_000);
  await proxy.stop();
  const gone = await customer.patch(far, upload.path, 80_000, bytes);
  expect([gone.status, gone.code, gone.headers['retry-after']]).toEqual([503, 'STORAGE_UNAVAILABLE', '1']);
  expect((await customer.patch(server, upload.path, 80_000, bytes)).offset).toBe(160_000);
  expect(await stored(server, upload)).toEqual(madeOf(bytes, bytes));
});

it('a commit whose answer was lost is found by the retry, and counted once', async () => {
  const { proxy, far } = await farServer();
  const upload = await customer.open(far);
  const { pool } = ground.database;
  await pool.query(`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END'`);
  await pool.query('CREATE TRIGGER linger AFTER INSERT ON recording.segment EXECUTE FUNCTION linger()');
  const holder = await pool.connect();
  await holder.query('SELECT pg_advisory_lock(77)');
  const answered = customer.patch(far, upload.path, 0, bytes);
  await eventually(async () => {
    const { rowCount } = await pool.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    expect(rowCount).toBe(1);
  });
  proxy.cut();
  expect((await answered).status).toBe(503);
  await holder.query('SELECT pg_advisory_unlock(77)');
  holder.release();
  await pool.query('DROP TRIGGER linger ON recording.segment'); // waits until the statement is over
  const again = await customer.patch(far, upload.path, 0, bytes);
  expect([again.status, again.offset]).toEqual([204, 80_000]);
  expect(await stored(server, upload)).toEqual(madeOf(bytes));
  await proxy.stop();
});

it('what is discarded while an append is in flight stays gone, the object of that append too', async () => {
  const upload = await customer.open(server);
  await customer.patch(server, upload.path, 0, bytes);
  storage.before = async () => void (await server.get(UploadLifecycle).discard(upload.recordingId));
  const late = await customer.patch(server, upload.path, 80_000, bytes);
  expect([late.status, late.code]).toEqual([410, 'UPLOAD_DISCARDED']);
  expect((await objectsOf(server, upload.recordingId)).size).toBe(0);
});

it('an append that lost its race leaves an object but no row', async () => {
  const upload = await customer.open(server);
  const rival = await ground.start();
  const other = randomBytes(10);
  let raced = false;
  storage.after = async () => {
    if (raced) return;
    raced = true;
    await customer.patch(rival, upload.path, 0, other);
  };
  const lost = await customer.patch(server, upload.path, 0, bytes);
  expect([lost.status, lost.offset]).toEqual([409, 10]);
  expect(await stored(server, upload)).toEqual(madeOf(other));
  expect((await objectsOf(server, upload.recordingId)).size).toBe(2);
});
