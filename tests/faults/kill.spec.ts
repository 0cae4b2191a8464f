import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient } from '../support/api-client.js';
import { CustomerClient, sha256, type SentTrack } from '../support/customer-client.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { ProductProcess } from '../support/product-process.js';
import { freePort } from '../support/redis.js';

const APPEND = 50_000;
const SECONDS = 8;
let directory: string;
let recorded: Buffer;

beforeAll(async () => void (recorded = await video()));

const freshDirectory = async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-faults-'));
  await chmod(directory, 0o755);
};
const removeDirectory = () => rm(directory, { recursive: true, force: true });

async function signIn(url: string): Promise<ApiClient> {
  const [, admin] = (await readFile(join(directory, 'data/demo-credentials.txt'), 'utf8')).split('\n');
  const [, email, password] = admin!.split('\t');
  const { headers } = await new ApiClient(url, { origin: url }).post('session', { email, password }).expect(200);
  return new ApiClient(url, { origin: url, cookie: headers.get('set-cookie')!.split(';')[0]! });
}

async function willingCustomer(agent: ApiClient): Promise<CustomerClient> {
  const { body } = await agent.post('recording-requests', {}).expect(201);
  const customer = await CustomerClient.open(new ApiClient(agent.url), body.link.split('/r/')[1]);
  await customer.consent().expect(204);
  return customer;
}

/** Uploads as a patient client does: asks where the server is after every failure. Tells how far it was acknowledged. */
async function uploadThroughFaults(
  customer: CustomerClient,
  bytes: Buffer,
  acknowledged: (offset: number) => void,
): Promise<SentTrack> {
  const { headers } = await customer.createUpload().expect(201);
  const path = new URL(headers.get('location')!, customer.api.url).pathname;
  const deadline = Date.now() + 150_000;
  for (let offset = 0; offset < bytes.length;) {
    if (Date.now() > deadline) throw new Error('The server did not come back.');
    try {
      await customer.append(path, offset, bytes.subarray(offset, offset + APPEND)).expect(204);
      offset = Math.min(offset + APPEND, bytes.length);
      acknowledged(offset);
    } catch {
      await wait(100);
      const asked = await customer.api.head(path, { 'tus-resumable': '1.0.0' }).catch(() => null);
      if (asked?.status !== 200) continue;
      const stored = Number(asked.headers.get('upload-offset'));
      if (stored < offset) throw new Error(`${offset} bytes were acknowledged, but only ${stored} are there.`);
      offset = stored;
    }
  }
  return { path, uploadId: path.split('/')[2]!, recordingId: headers.get('upload-recording')!, bytes };
}

async function video(): Promise<Buffer> {
  const source = [
    '-f',
    'lavfi',
    '-i',
    `testsrc=size=640x360:rate=15:duration=${SECONDS}`,
    '-f',
    'lavfi',
    '-i',
    `sine=duration=${SECONDS}`,
  ];
  const codecs = [
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-b:v',
    '800k',
    '-c:a',
    'libopus',
    '-live',
    '1',
    '-f',
    'webm',
    '-',
  ];
  const options = { maxBuffer: 1e9, encoding: 'buffer' } as const;
  return (await promisify(execFile)('ffmpeg', ['-v', 'error', ...source, ...codecs], options)).stdout;
}

it('keeps every acknowledged byte while the server and its database are killed in mid-upload', async () => {
  await freshDirectory();
  const product = await ProductProcess.start({ DATA_DIR: join(directory, 'data'), PORT: String(await freePort()) });
  try {
    const agent = await signIn(product.url);
    const customer = await willingCustomer(agent);
    const kills = [0.3, 0.6].map((part) => part * recorded.length);
    let killing = Promise.resolve();
    const screen = await uploadThroughFaults(customer, recorded, (offset) => {
      if (offset < (kills[0] ?? Infinity)) return;
      kills.shift();
      killing = kills.length % 2 ? product.kill().then(() => product.restart()) : killDatabase();
    });
    await killing;
    expect(kills).toEqual([]);
    await eventually(
      () => customer.submit(screen.recordingId, [screen], { durationMs: SECONDS * 1000 }).expect(200),
      30_000,
    );
    await eventually(async () => {
      const { body } = await agent.get(`recordings/${screen.recordingId}`).expect(200);
      expect(body.status).toBe('ready');
      expect(body.durationMs).toBeGreaterThan(SECONDS * 1000 - 500);
    }, 60_000);
  } finally {
    await product.stop();
    await removeDirectory();
  }
}, 180_000);

async function killDatabase(): Promise<void> {
  const pid = await readFile(join(directory, 'data/postgres/cluster/postmaster.pid'), 'utf8');
  process.kill(Number.parseInt(pid, 10), 'SIGKILL');
}

describe('with web and worker apart', () => {
  let database: FreshDatabase;
  const running: ProductProcess[] = [];
  let [worker, first, second]: ProductProcess[] = [];
  const start = async (ROLE: 'web' | 'worker') => {
    const shared = { DATABASE_URL: database.url, DATA_DIR: join(directory, 'data') };
    const product = await ProductProcess.start({ ...shared, ROLE, PORT: String(await freePort()) });
    running.push(product);
    return product;
  };
  beforeAll(async () => {
    await freshDirectory();
    database = await freshDatabase();
    worker = await start('worker');
    first = await start('web');
    second = await start('web');
  }, 90_000);
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await database.drop();
    await removeDirectory();
  });

  it('finishes a recording whose worker was killed in the middle of it, and leaves no plaintext behind', async () => {
    const agent = await signIn(second!.url);
    const customer = await willingCustomer(agent);
    const screen = await customer.upload(recorded);
    const trim = { startMs: 1000, endMs: SECONDS * 1000 - 1000 };
    await customer.submit(screen.recordingId, [screen], { durationMs: SECONDS * 1000, trim }).expect(200);
    const temporary = join(directory, 'data/tmp/media');
    await eventually(async () => expect(await readdir(temporary)).not.toEqual([]), 30_000);
    await worker!.kill();
    expect(await readdir(temporary)).not.toEqual([]);
    await worker!.restart();
    await eventually(async () => {
      const { body } = await agent.get(`recordings/${screen.recordingId}`).expect(200);
      expect(body).toMatchObject({ status: 'ready', hasPoster: true });
    }, 90_000);
    await eventually(async () => expect(await readdir(temporary)).toEqual([]));
  }, 180_000);

  it('takes appends on either of two web servers and loses none when one is killed', async () => {
    const customer = await willingCustomer(await signIn(first!.url));
    const elsewhere = CustomerClient.holding(new ApiClient(second!.url), customer.token);
    const bytes = randomBytes(2_000_000);
    const { headers } = await customer.createUpload().expect(201);
    const path = new URL(headers.get('location')!, first!.url).pathname;
    for (let offset = 0; offset < bytes.length; offset += APPEND) {
      const server = offset < 1_000_000 && (offset / APPEND) % 2 === 0 ? customer : elsewhere;
      await server.append(path, offset, bytes.subarray(offset, offset + APPEND)).expect(204);
      if (offset === 1_000_000) await first!.kill();
    }
    const complete = { bytes: bytes.length, sha256: sha256(bytes), durationMs: 1000, width: 64, height: 48 };
    await elsewhere.api.post(`${path}/complete`, complete).expect(204);
  }, 120_000);
});
