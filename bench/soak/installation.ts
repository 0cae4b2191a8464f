import { mkdtemp, chmod, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { EventStoreDbCluster } from '../../tests/contracts/event-store/eventstoredb-server.js';
import { ApiClient } from '../../tests/support/api-client.js';
import { operatorProcess } from '../../tests/support/operator-process.js';
import { ProductProcess } from '../../tests/support/product-process.js';
import { radosgwInstalled, startRadosgw } from '../../tests/support/radosgw.js';
import { freePort, redisInstalled, startRedis } from '../../tests/support/redis.js';
import { startProxy } from '../../tests/support/tcp-proxy.js';

/** What an installation consists of beside its web server, which customers and agents talk to. */
export type Part = 'postgres' | 'redis' | 's3' | 'event-store' | 'worker';
export const PARTS: readonly Part[] = ['postgres', 'redis', 's3', 'event-store', 'worker'];

/** Takes a part away and gives it back. */
export interface Outage {
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
}
export type Way = 'killed' | 'frozen';

/** The product as two processes, web and worker, and every part of it behind a wire of its own. */
export class Installation {
  private constructor(
    readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly outages: ReadonlyMap<Part, Readonly<Record<Way, Outage>>>,
    private readonly running: AsyncDisposableStack,
  ) {}

  /** @param wanted the parts that will be taken away; of others the embedded ones serve, or none */
  static async start(wanted: readonly Part[]): Promise<Installation> {
    const running = new AsyncDisposableStack();
    try {
      return await Installation.open(wanted, running);
    } catch (error) {
      await running.disposeAsync();
      throw error;
    }
  }

  private static async open(wanted: readonly Part[], running: AsyncDisposableStack): Promise<Installation> {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-soak-'));
    running.defer(() => rm(directory, { recursive: true, force: true }));
    await chmod(directory, 0o755); // PostgreSQL may run as a user of its own
    const outages = new Map<Part, Record<Way, Outage>>();
    const settings: Record<string, string> = { FFMPEG: 'off', DATA_DIR: join(directory, 'data'), LOG_LEVEL: 'silent' };
    for (const part of new Set<Part>(['postgres', ...wanted])) {
      if (part === 'worker') continue;
      const served = await SERVERS[part](directory, running);
      if (!served) continue;
      const wire = await wireTo(served.url, running);
      outages.set(part, wire.outage);
      Object.assign(settings, served.settings(wire.url));
    }
    settings.PORT = String(await freePort());
    const worker = await ProductProcess.start({ ...settings, ROLE: 'worker', PORT: String(await freePort()) });
    running.defer(() => worker.kill());
    const web = await ProductProcess.start({ ...settings, ROLE: 'web' }); // ready once the worker has made its lists
    running.defer(() => web.kill());
    if (wanted.includes('worker')) outages.set('worker', outagesOf(worker));
    return new Installation(web.url, settings, outages, running);
  }

  /** The parts that are here. */
  get parts(): Part[] {
    return [...this.outages.keys()];
  }

  outage(part: Part, way: Way): Outage {
    return this.outages.get(part)![way];
  }

  /** The owner of the workspace that a first start makes. */
  async agent(): Promise<ApiClient> {
    const [, owner] = (await readFile(join(this.settings.DATA_DIR!, 'demo-credentials.txt'), 'utf8')).split('\n');
    const [, email, password] = owner!.split('\t');
    const stranger = new ApiClient(this.url, { origin: this.url });
    const { headers } = await stranger.post('session', { email, password }).expect(200);
    return stranger.with({ cookie: headers.get('set-cookie')!.split(';')[0]! });
  }

  /** What an operator reads who asks what stands. */
  async stuck(): Promise<string> {
    const { stdout, stderr } = await operatorProcess('ops', ['stuck'], this.settings);
    return (stdout + stderr).trim();
  }

  stop(): Promise<void> {
    return this.running.disposeAsync();
  }
}

interface Served {
  readonly url: URL;
  settings(url: string): Readonly<Record<string, string>>;
}

const SERVERS: Readonly<
  Record<Exclude<Part, 'worker'>, (directory: string, running: AsyncDisposableStack) => Promise<Served | null>>
> = {
  async postgres(directory, running) {
    const folder = join(directory, 'postgres');
    const server = running.adopt(await startEmbeddedPostgres(folder, ['-c fsync=off']), (one) => one.stop());
    return { url: new URL(server.url), settings: (DATABASE_URL) => ({ DATABASE_URL }) };
  },
  async redis(_, running) {
    if (!redisInstalled()) return null;
    const server = running.adopt(await startRedis(), (one) => one.stop());
    return { url: new URL(server.url), settings: (REDIS_URL) => ({ REDIS_URL }) };
  },
  async s3(_, running) {
    if (!radosgwInstalled()) return null;
    const { endpoint, credentials, stop } = await startRadosgw();
    running.defer(stop);
    const client = new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'soak' }));
    client.destroy();
    const { accessKeyId, secretAccessKey } = credentials;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    return {
      url: new URL(endpoint),
      settings: (S3_ENDPOINT) => ({ ...keys, S3_BUCKET: 'soak', S3_FORCE_PATH_STYLE: 'true', S3_ENDPOINT }),
    };
  },
  async 'event-store'(_, running) {
    const { ports } = running.adopt(await EventStoreDbCluster.start(), (one) => one.stop());
    return {
      url: new URL(`esdb://127.0.0.1:${ports[0]}?tls=false`),
      settings: (EVENTSTORE_URL) => ({ EVENT_STORE: 'eventstoredb', EVENTSTORE_URL }),
    };
  },
};

/** A server is killed where its wire breaks and nobody answers there any more, and frozen where everything just stands. */
async function wireTo(url: URL, running: AsyncDisposableStack) {
  let wire = await startProxy(url);
  running.defer(() => wire.stop());
  const { port } = wire;
  const killed: Outage = {
    begin: () => wire.stop(),
    end: async () => void (wire = await startProxy(url, port)),
  };
  const frozen: Outage = { begin: () => wire.freeze(), end: () => wire.thaw() };
  return { url: wire.through(url.href), outage: { killed, frozen } };
}

function outagesOf(process: ProductProcess): Record<Way, Outage> {
  return {
    killed: { begin: () => process.kill(), end: () => process.restart() },
    frozen: { begin: () => process.signal('SIGSTOP'), end: () => process.signal('SIGCONT') },
  };
}
