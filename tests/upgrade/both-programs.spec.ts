import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client.js';
import { CustomerClient, type SentTrack } from '../support/customer-client.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { ProductProcess } from '../support/product-process.js';
import { freePort } from '../support/redis.js';
import { newProgram, oldProgram } from './programs.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
const HALF = Math.floor(VIDEO.length / 2);

let directory: string;
let database: FreshDatabase;
let old: ProductProcess;
let young: ProductProcess;
let cookie: string;
const started: ProductProcess[] = [];

async function start(program: Parameters<typeof ProductProcess.start>[1]): Promise<ProductProcess> {
  const own = { DATABASE_URL: database.url, DATA_DIR: join(directory, 'data'), PORT: String(await freePort()) };
  const product = await ProductProcess.start({ ...own, FFMPEG: 'off' }, program);
  started.push(product);
  return product;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-upgrade-'));
  await chmod(directory, 0o755);
  await mkdir(join(directory, 'old'));
  database = await freshDatabase({ migrated: false });
  old = await start(await oldProgram(join(directory, 'old')));
  const [, admin] = (await readFile(join(directory, 'data/demo-credentials.txt'), 'utf8')).split('\n');
  const [, email, password] = admin!.split('\t');
  const stranger = new ApiClient(old.url, { origin: old.url });
  const { headers } = await stranger.post('session', { email, password }).expect(200);
  cookie = headers.get('set-cookie')!.split(';')[0]!;
}, 180_000);
afterAll(async () => {
  for (const product of started) await product.kill();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

/** The admin, who signed in at the old program. */
const admin = ({ url }: ProductProcess) => new ApiClient(url, { origin: url, cookie });
const at = ({ url }: ProductProcess, customer: CustomerClient) =>
  CustomerClient.holding(new ApiClient(url), customer.token);

/** Asks, opens, consents and sends the first half, all at one program. */
async function begin(where: ProductProcess, customerName: string) {
  const asked = { customerName, ticket: { reference: `T-${customerName}` } };
  const { body } = await admin(where).post('recording-requests', asked).expect(201);
  const customer = await CustomerClient.open(new ApiClient(where.url), body.link.split('/r/')[1]);
  await customer.consent().expect(204);
  const { headers } = await customer.createUpload().expect(201);
  const path = new URL(headers.get('location')!, where.url).pathname;
  await customer.append(path, 0, VIDEO.subarray(0, HALF)).expect(204);
  const recordingId = headers.get('upload-recording')!;
  return { customer, track: { path, uploadId: path.split('/')[2]!, recordingId, bytes: VIDEO } };
}

/** Sends the rest, and what is then ready is seen at both. */
async function finish(where: ProductProcess, customer: CustomerClient, track: SentTrack): Promise<void> {
  const there = at(where, customer);
  await there.append(track.path, HALF, VIDEO.subarray(HALF)).expect(204);
  await there.submit(track.recordingId, [track]).expect(200);
}

/** What a program shows: the requests and recordings, and the bytes of one. */
async function shown(where: ProductProcess) {
  const read = async (path: string) => (await admin(where).get(`${path}?limit=50`).expect(200)).body.items as any[];
  const requests = (await read('recording-requests')).map(({ id, status, customerName, recordingId, version }) => {
    return { id, status, customerName, recordingId, version };
  });
  const recordings = (await read('recordings')).map((one) => {
    const { id, requestId, status, customerName, durationMs, failure, deletesAt, version } = one;
    return { id, requestId, status, customerName, durationMs, failure, deletesAt, version };
  });
  return { requests, recordings };
}

async function expectReady(count: number, ...programs: readonly ProductProcess[]): Promise<void> {
  for (const one of programs)
    await eventually(async () => {
      const { requests, recordings } = await shown(one);
      expect(recordings.map(({ status }) => status)).toEqual(Array(count).fill('ready'));
      expect(requests.map(({ status }) => status)).toEqual(Array(count).fill('received'));
    }, 90_000);
  const [first, ...others] = await Promise.all(programs.map(shown));
  for (const other of others) expect(other).toEqual(first);
}

it('an upload begun at the old program is finished at the new one, and the other way round', async () => {
  const first = await begin(old, 'Ada');
  young = await start(newProgram);
  await finish(young, first.customer, first.track);
  await expectReady(1, old, young);
  const second = await begin(young, 'Grace');
  await finish(old, second.customer, second.track);
  await expectReady(2, old, young);
}, 180_000);

it('the old program does not know the tickets of what the new one asked for: their events say them in another way', async () => {
  const ticketsAt = async (where: ProductProcess) => {
    const { items } = (await admin(where).get('recording-requests').expect(200)).body;
    return Object.fromEntries(items.map((one: any) => [one.customerName, one.ticket?.reference ?? null]));
  };
  expect(await ticketsAt(young)).toEqual({ Ada: 'T-Ada', Grace: 'T-Grace' });
  expect(await ticketsAt(old)).toEqual({ Ada: 'T-Ada', Grace: null });
});

it('loses nothing on the way back to the old program alone, nor forward again', async () => {
  await young.stop();
  await old.kill();
  await old.restart(); // it starts on what the new one migrated
  const third = await begin(old, 'Edsger');
  await finish(old, third.customer, third.track);
  await expectReady(3, old);
  await young.restart();
  await expectReady(3, old, young);
}, 180_000);

it('the new program ends, and says why, when the log under it is put back to an earlier day', async () => {
  await old.stop();
  const ending = young.ended();
  await database.pool.query('UPDATE es.scope_reader SET position = position + 1000000');
  const { code, said } = await ending;
  expect(said).toContain('but the index of scopes of this database has read it up to position');
  expect(code).toBe(1);
}, 90_000);
