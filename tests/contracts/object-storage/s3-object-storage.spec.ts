import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { StartProblem } from '#platform/config/start-problem.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import {
  type ByteRange,
  ObjectMissing,
  ObjectStorageAway,
  RangeOutside,
} from '#platform/object-storage/object-storage.js';
import { S3ObjectStorage } from '#platform/object-storage/s3-object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import {
  PORTAL,
  refusing,
  startAnsweringProxy,
  type AnsweringProxy,
  type Planted,
} from '../../support/answering-proxy.js';
import { eventually } from '../../support/eventually.js';
import { freshDatabase } from '../../support/fresh-database.js';
import { liveBufferBytes } from '../../support/live-memory.js';
import { radosgwInstalled, startRadosgw, type Radosgw } from '../../support/radosgw.js';
import { startProxy, type Proxy } from '../../support/tcp-proxy.js';
import { objectStorageContract } from './object-storage.contract.js';

/** Bytes by a mistake of ours: whoever looks at them stumbles. */
function mistaken(): Buffer {
  const stumble = () => {
    throw new TypeError('Not a buffer after all');
  };
  return Object.defineProperties({}, { length: { get: stumble }, byteLength: { get: stumble } }) as Buffer;
}

const MIB = 1024 * 1024;
const PART = 5 * MIB;
/** S3's thousand would only take longer to fill. */
const PAGE = 100;
const MISSING =
  'The S3 suite needs Ceph’s gateway: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw ceph-common uuid-runtime';

it('says which bucket does not answer, and where', async () => {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
  const options = { bucket: 'b', region: 'r', endpoint: 'http://127.0.0.1:1', credentials };
  await expect(S3ObjectStorage.open(options)).rejects.toThrow('The S3 bucket "b" (http://127.0.0.1:1) does not answer');
});

if (radosgwInstalled()) suite();
else if (process.env.CI === 'true') it('runs against a real S3 server', () => Promise.reject(new Error(MISSING)));
else process.stderr.write(`\n*** S3 is NOT tested here. ${MISSING}\n\n`);

function suite(): void {
  let radosgw: Radosgw;
  let admin: S3Client;
  const options = (bucket: string) => ({
    bucket,
    region: 'us-east-1',
    endpoint: radosgw.endpoint,
    credentials: radosgw.credentials,
    forcePathStyle: true,
    partSize: PART,
    page: PAGE,
  });

  beforeAll(async () => {
    radosgw = await startRadosgw();
    admin = new S3Client(options(''));
    for (const Bucket of ['plain', 'versioned']) await admin.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await admin.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration }));
  }, 120_000);
  afterAll(async () => {
    admin?.destroy();
    await radosgw?.stop();
  });

  const unfinished = async (Bucket: string) =>
    (await admin.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;
  const remains = async (Bucket: string, Prefix: string) => {
    const { Versions = [], DeleteMarkers = [] } = await admin.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    return Versions.length + DeleteMarkers.length;
  };

  describe.each(['plain', 'versioned'])('S3, in a %s bucket', (bucket) => {
    let storage: S3ObjectStorage;
    beforeAll(async () => {
      storage = await S3ObjectStorage.open(options(bucket));
    });
    afterAll(() => storage.close());

    objectStorageContract(() => ({ storage, leftovers: () => unfinished(bucket), page: PAGE }));

    it('deletes every version and marker, and aborts unfinished uploads', async () => {
      const prefix = `hard/${randomUUID()}/`;
      for (const name of ['a', 'a', 'b', 'b', 'c']) await storage.put(prefix + name, randomBytes(10));
      // Someone else's soft delete: a marker on top of versions in a versioned bucket.
      for (const name of ['b', 'c']) await admin.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + name }));
      expect(await storage.head(`${prefix}b`)).toBeNull();
      await storage.delete(`${prefix}b`);
      expect(await remains(bucket, `${prefix}b`)).toBe(0);
      const Key = `${prefix}d`;
      const { UploadId } = await admin.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
      await admin.send(new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber: 1, Body: randomBytes(10) }));
      // Two versions and nothing over them, or one with a marker, or what is left where nothing is versioned.
      const there = bucket === 'versioned' ? { objects: 2, versions: 4 } : { objects: 1, versions: 1 };
      expect(await storage.count(prefix)).toEqual(there);
      expect(await storage.deletePrefix(prefix)).toEqual(there);
      expect([await remains(bucket, prefix), await unfinished(bucket)]).toEqual([0, 0]);
    });
  });

  describe('a network that fails', () => {
    let proxy: Proxy;
    let storage: S3ObjectStorage;
    beforeEach(async () => {
      proxy = await startProxy(new URL(radosgw.endpoint));
      storage = await S3ObjectStorage.open({ ...options('plain'), endpoint: `http://127.0.0.1:${proxy.port}` });
    });
    afterEach(async () => {
      storage.close();
      await proxy.stop();
    });

    it('in the middle of parts is survived by trying again', async () => {
      const key = `net/${randomUUID()}`;
      const body = randomBytes(3 * PART + 7);
      async function* cutting() {
        for (let at = 0; at < body.length; at += MIB) {
          if (at === 7 * MIB || at === 13 * MIB) proxy.cut();
          yield body.subarray(at, at + MIB);
        }
      }
      expect(await storage.putStream(key, Readable.from(cutting()))).toBe(body.length);
      expect((await buffer(await storage.get(key))).equals(body)).toBe(true);
    });

    it('for good is told from what the storage answers', async () => {
      await expect(storage.get(`net/${randomUUID()}`)).rejects.toThrow(ObjectMissing);
      await proxy.stop();
      await expect(storage.head(`net/${randomUUID()}`)).rejects.toThrow(ObjectStorageAway);
      await expect(storage.put(`net/${randomUUID()}`, mistaken())).rejects.toThrow(TypeError);
    });

    it('in the middle of reading ends the stream with an error, never short', async () => {
      const key = `net/${randomUUID()}`;
      await storage.put(key, randomBytes(20 * MIB));
      const stream = await storage.get(key);
      await stream[Symbol.asyncIterator]().next();
      const rest = buffer(stream);
      proxy.cut();
      await expect(rest).rejects.toThrow();
    });

    it('for good fails the put, and what it began can be deleted later', async () => {
      const prefix = `net/${randomUUID()}/`;
      async function* vanishing() {
        for (let i = 0; i < 40; i++) {
          if (i === 12) await proxy.stop();
          yield randomBytes(MIB);
        }
      }
      await expect(storage.putStream(`${prefix}a`, Readable.from(vanishing()))).rejects.toThrow();
      const direct = await S3ObjectStorage.open(options('plain'));
      expect(await direct.head(`${prefix}a`)).toBeNull();
      await direct.deletePrefix(prefix);
      expect(await unfinished('plain')).toBe(0);
      direct.close();
    });
  });

  describe('an answer that is not the storage’s', () => {
    let proxy: AnsweringProxy;
    let storage: S3ObjectStorage;
    beforeEach(async () => {
      proxy = await startAnsweringProxy(new URL(radosgw.endpoint));
      storage = await S3ObjectStorage.open({ ...options('plain'), endpoint: proxy.url });
    });
    afterEach(async () => {
      storage.close();
      await proxy.stop();
    });
    /** Everything that can be asked of the storage, each for itself. */
    const questions = (prefix: string): Record<string, () => Promise<unknown>> => ({
      put: () => storage.put(`${prefix}new`, randomBytes(10)),
      add: () => storage.add(prefix, randomBytes(10)),
      stream: () => storage.putStream(`${prefix}new`, Readable.from([randomBytes(PART), randomBytes(10)])),
      get: () => storage.get(`${prefix}a`),
      part: () => storage.get(`${prefix}a`, { start: 0, end: 3 }),
      head: () => storage.head(`${prefix}a`),
      list: () => Array.fromAsync(storage.list(prefix)),
      count: () => storage.count(prefix),
      delete: () => storage.delete(`${prefix}a`),
      erase: () => storage.deletePrefix(prefix),
    });
    const outcomes = async (prefix: string) => {
      const asked = Object.entries(questions(prefix)).map(async ([name, ask]) => {
        const outcome = await ask().then(
          () => 'believed',
          (error: Error) => error.name,
        );
        return [name, outcome] as const;
      });
      return Object.fromEntries(await Promise.all(asked));
    };
    const away = Object.fromEntries(Object.keys(questions('')).map((name) => [name, 'ObjectStorageAway']));

    it.each<[string, Planted]>([
      ['a captive portal', PORTAL],
      ['nothing at all', { status: 200 }],
      ['an untagged page', { ...PORTAL, headers: {} }],
      ['a proxy that finds nothing', { ...PORTAL, status: 404 }],
      ['refused credentials', refusing(403, 'InvalidAccessKeyId')],
      ['an unknown key', refusing(400, 'InvalidAccessKeyId')],
      ['another region', { ...refusing(301, 'PermanentRedirect') }],
      ['a bucket that is gone', refusing(404, 'NoSuchBucket')],
    ])('decides nothing: %s', async (_, planted) => {
      const prefix = `lies/${randomUUID()}/`;
      const body = randomBytes(10);
      await storage.put(`${prefix}a`, body);
      proxy.answer = () => planted;
      expect(await outcomes(prefix)).toEqual(away);
      proxy.answer = () => null;
      expect((await buffer(await storage.get(`${prefix}a`))).equals(body)).toBe(true);
      expect(await storage.deletePrefix(prefix)).toEqual({ objects: 1, versions: 1 });
    });

    it('does not stand for what one command did, while others reach the storage', async () => {
      const prefix = `lies/${randomUUID()}/`;
      await storage.put(`${prefix}a`, randomBytes(10));
      const only = (wanted: RegExp, planted = PORTAL) => {
        proxy.answer = ({ method, url }) => (wanted.test(`${method} ${url}`) ? planted : null);
      };
      const { put, stream, get, part, head, erase } = questions(prefix);
      for (const [wanted, ask] of [
        [/^PUT .*x-id=PutObject/, put!],
        [/^PUT .*x-id=UploadPart/, stream!],
        [/^POST .*uploads/, stream!],
        [/^POST .*uploadId=/, stream!],
        [/^GET .*x-id=GetObject/, get!],
        [/^GET .*x-id=GetObject/, part!],
        [/^HEAD /, head!],
        [/^GET .*[?&]uploads/, erase!],
        [/^GET .*[?&]versions/, erase!],
        [/^POST .*[?&]delete/, erase!],
      ] as const) {
        only(wanted);
        await expect(ask()).rejects.toThrow(ObjectStorageAway);
      }
      only(/^HEAD /, { status: 404 }); // somebody's: what there is, a listing tells
      expect(await storage.head(`${prefix}a`)).toEqual({ key: `${prefix}a`, size: 10 });
      only(/^PUT .*x-id=PutObject/, { status: 200, headers: { etag: '"f00"' } });
      await expect(put!()).rejects.toThrow(ObjectStorageAway);
      only(/^GET .*x-id=GetObject/, {
        status: 200,
        headers: { etag: '"f00"', 'last-modified': 'yesterday' },
        body: 'x',
      });
      await expect(part!()).rejects.toThrow(ObjectStorageAway);
      proxy.answer = () => null;
      await storage.deletePrefix(prefix);
    });

    it('may be that of a bucket which encrypts: then what lies there is looked at', async () => {
      const key = `lies/${randomUUID()}`;
      let stored = '';
      proxy.answer = ({ method, url }) => {
        if (method === 'PUT' && url?.includes('PutObject')) return { status: 200, headers: { etag: '"kms"' } };
        if (method !== 'HEAD') return null;
        return { status: 200, headers: { etag: stored, 'content-length': '10' } };
      };
      await expect(storage.put(key, randomBytes(10))).rejects.toThrow(ObjectStorageAway);
      stored = '"kms"';
      await storage.put(key, randomBytes(10));
      await expect(storage.put(key, randomBytes(11))).rejects.toThrow(ObjectStorageAway);
    });

    it('does not pass for the bucket when the program starts', async () => {
      for (const planted of [PORTAL, { status: 200 }, refusing(404, 'NoSuchBucket')]) {
        proxy.answer = () => planted;
        const opening = S3ObjectStorage.open({ ...options('plain'), endpoint: proxy.url });
        await expect(opening).rejects.toThrow(StartProblem);
      }
    });

    /** Another one, which gives up soon; a busy machine may need some tries for what is no lie. */
    async function impatient(patienceMs: number): Promise<void> {
      storage.close();
      const hasty = { ...options('plain'), endpoint: proxy.url, patienceMs };
      storage = await eventually(() => S3ObjectStorage.open(hasty));
    }

    it('may begin and then fall silent: then it is given up, but not for a reader who rests', async () => {
      const key = `lies/${randomUUID()}`;
      const body = randomBytes(4 * MIB);
      await storage.put(key, body);
      await impatient(3000); // a busy machine may take one of them for an answer's head
      const resting = await eventually(() => storage.get(key), 30_000);
      resting.on('error', () => undefined); // reading on says so
      const [first] = (await once(resting, 'readable').then(() => [resting.read()])) as [Buffer];
      proxy.answer = () => 'beginning';
      const begun = performance.now();
      const given = (range?: ByteRange) => storage.get(key, range).then(buffer);
      await Promise.all(
        [undefined, { start: 0, end: 99 }].map((range) => expect(given(range)).rejects.toThrow(ObjectStorageAway)),
      );
      expect(performance.now() - begun).toBeLessThan(30_000);
      expect(Buffer.concat([first, await buffer(resting)]).equals(body)).toBe(true);
    });

    it('is not waited for longer than a person would', async () => {
      await impatient(500);
      proxy.answer = () => 'silence';
      expect(await outcomes(`lies/${randomUUID()}/`)).toEqual(away);
    });
  });

  it('keeps sealed media, whose ranges can be read', async () => {
    const [database, directory] = [await freshDatabase(), await mkdtemp(join(tmpdir(), 's3-sealed-'))];
    const storage = await S3ObjectStorage.open(options('plain'));
    const keks = await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json'));
    const keys = new PostgresKeyRing(database.pool, keks);
    const objects = new SealedObjects(storage, keys);
    const [subject, body] = [randomUUID(), randomBytes(6 * MIB)];
    try {
      expect(await objects.putStream(subject, 'sealed/a', Readable.from([body]))).toEqual({ size: body.length });
      expect((await buffer(await objects.get(subject, 'sealed/a'))).equals(body)).toBe(true);
      for (const [start, end] of [
        [0, 9],
        [70_000, 5_000_000],
        [body.length - 5, body.length + 99],
      ] as const) {
        const part = await buffer(await objects.get(subject, 'sealed/a', { start, end }));
        expect(part.equals(body.subarray(start, end + 1))).toBe(true);
      }
      const beyond = { start: body.length, end: body.length };
      await expect(objects.get(subject, 'sealed/a', beyond)).rejects.toThrow(RangeOutside);
    } finally {
      storage.close();
      await keys.close();
      await database.drop();
      await rm(directory, { recursive: true });
    }
  });

  it('streams a long recording in flat memory', async () => {
    const storage = await S3ObjectStorage.open(options('plain'));
    const [pieces, piece] = [48, randomBytes(MIB)];
    const before = liveBufferBytes();
    let most = 0;
    async function* body() {
      for (let i = 0; i < pieces; i++) {
        if (i % 15 === 14) most = Math.max(most, liveBufferBytes());
        yield piece;
      }
    }
    expect(await storage.putStream('long', Readable.from(body()))).toBe(pieces * MIB);
    let [size, chunks] = [0, 0];
    for await (const chunk of await storage.get('long')) {
      size += (chunk as Buffer).length;
      if (chunks++ % 250 === 249) most = Math.max(most, liveBufferBytes());
    }
    await storage.delete('long');
    storage.close();
    expect(size).toBe(pieces * MIB);
    // Two parts on their way, one being filled.
    expect(most - before).toBeLessThan(5 * PART);
  });
}
