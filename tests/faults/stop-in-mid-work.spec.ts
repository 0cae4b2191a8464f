import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROCESS_MEDIA } from '#modules/media/processors/process-media.js';
import { postgresQueues, redisQueues } from '#platform/jobs/job-queues.js';
import { ApiClient } from '../support/api-client.js';
import { CustomerClient } from '../support/customer-client.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/fresh-database.js';
import { ProductProcess } from '../support/product-process.js';
import { freePort, redisInstalled, startRedis } from '../support/redis.js';
import { startProxy, type Proxy } from '../support/tcp-proxy.js';

/** What a supervisor waits at the least before it kills. */
const WITHIN_MS = 15_000;
const PATIENCE_MS = 120_000;
const RECORDINGS = 4;
const VIDEO = readFile('tests/fixtures/media/vp8-opus.webm');
const ENCODERS = 'libx264 libvpx-vp9 libvpx libopus aac mjpeg';

const used = new AsyncDisposableStack();
afterAll(() => used.disposeAsync());

/** In place of ffmpeg: knows what it is, and never ends whatever it is asked to make. */
const ENDLESS = `#!/bin/sh
[ "$1" = -version ] && { echo "ffmpeg version 9.9 here"; exit; }
[ "$2" = -encoders ] && { echo " ${ENCODERS} "; exit; }
sleep 1000
`;

/** A product in the middle of its work, whose every line can fall silent. */
class Ground {
  private readonly wires: Proxy[] = [];
  private readonly folder = mkdtemp(join(tmpdir(), 'screendesk-mid-work-'));

  async path(name: string): Promise<string> {
    return join(await this.folder, name);
  }

  async open(): Promise<void> {
    const folder = await this.folder;
    used.defer(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755);
    await writeFile(await this.path('ffmpeg'), ENDLESS, { mode: 0o755 });
  }

  async wired(url: string): Promise<string> {
    const wire = used.adopt(await startProxy(new URL(url)), (one) => one.stop());
    this.wires.push(wire);
    return wire.through(url);
  }

  async start(settings: Record<string, string>): Promise<ProductProcess> {
    const own = { DATA_DIR: await this.path('data'), FFMPEG: await this.path('ffmpeg') };
    const product = await ProductProcess.start({ ...own, PORT: String(await freePort()), ...settings });
    return used.adopt(product, (one) => one.kill());
  }

  /** What lies in the clear while it is worked on. */
  async inHand(): Promise<number> {
    return (await readdir(await this.path('data/tmp/media')).catch(() => [])).length;
  }

  async agent(url: string): Promise<ApiClient> {
    const [, admin] = (await readFile(await this.path('data/demo-credentials.txt'), 'utf8')).split('\n');
    const [, email, password] = admin!.split('\t');
    const { headers } = await new ApiClient(url, { origin: url }).post('session', { email, password }).expect(200);
    return new ApiClient(url, { origin: url, cookie: headers.get('set-cookie')!.split(';')[0]! });
  }

  /** From the next run on it is the real one. */
  async mend(): Promise<void> {
    const real = spawnSync('sh', ['-c', 'command -v ffmpeg']).stdout.toString().trim();
    await writeFile(await this.path('ffmpeg'), `#!/bin/sh\nexec ${real} "$@"\n`);
  }

  silence = (): void => this.wires.forEach((wire) => wire.freeze());
  thaw = (): void => this.wires.forEach((wire) => wire.thaw());
}

async function recorded(agent: ApiClient): Promise<string> {
  const { body } = await agent.post('recording-requests', {}).expect(201);
  const customer = await CustomerClient.open(new ApiClient(agent.url), body.link.split('/r/')[1]);
  return customer.record(await VIDEO);
}

async function stopsAndGoesOn(apart: boolean): Promise<void> {
  const ground = new Ground();
  await ground.open();
  const database = used.adopt(await freshDatabase(), (fresh) => fresh.drop());
  const redis = apart ? used.adopt(await startRedis(), (one) => one.stop()) : null;
  const near = { DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis.url }) };
  const far = {
    DATABASE_URL: await ground.wired(near.DATABASE_URL),
    ...(redis && { REDIS_URL: await ground.wired(redis.url) }),
  };
  const worker = await ground.start({ ...far, ROLE: apart ? 'worker' : 'all' });
  const web = apart ? await ground.start({ ...near, ROLE: 'web' }) : worker;
  const agent = await ground.agent(web.url);
  const ids = await Promise.all(Array.from({ length: RECORDINGS }, () => recorded(agent)));
  await eventually(async () => expect(await ground.inHand()).toBe(1), PATIENCE_MS);

  ground.silence();
  const since = performance.now();
  await worker.stop();
  expect(performance.now() - since).toBeLessThan(WITHIN_MS);
  ground.thaw();
  await ground.mend();
  const leases = async () =>
    (await database.pool.query('SELECT 1 FROM platform.consumer WHERE lease_until > now()')).rowCount;
  await eventually(async () => expect(await leases()).toBe(0));

  await worker.restart();
  await eventually(async () => {
    const statuses = ids.map(async (id) => (await agent.get(`recordings/${id}`).expect(200)).body.status);
    expect(await Promise.all(statuses)).toEqual(ids.map(() => 'ready'));
  }, PATIENCE_MS);
  const backend = await (redis ? redisQueues(redis.url) : postgresQueues(database.url));
  used.defer(() => backend.close());
  const queue = used.adopt(backend.queue(PROCESS_MEDIA), (one) => one.close());
  await eventually(async () => expect(await queue.getCompletedCount()).toBe(RECORDINGS));
  // The one that succeeded counts as well.
  expect((await queue.getCompleted()).map(({ attemptsMade }) => attemptsMade)).toEqual(ids.map(() => 1));
}

it(
  'ends in its time in mid-work while every line is silent, at no cost, and everything becomes ready afterwards: web and worker in one',
  () => stopsAndGoesOn(false),
  2 * PATIENCE_MS,
);

(redisInstalled() ? it : it.skip)(
  'a worker with jobs in Redis too, beside a web server that goes on',
  () => stopsAndGoesOn(true),
  2 * PATIENCE_MS,
);
