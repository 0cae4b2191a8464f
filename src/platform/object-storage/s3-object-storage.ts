import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { checkedFolder, checkedKey, checkedPrefix, checkedRange } from './object-keys.js';
import { ObjectStorage, type ByteRange, type Holding, type Place, type StoredObject } from './object-storage.js';
import { pieces, type Piece } from './pieces.js';
import { removeAll } from './remove-all.js';
import { resume } from './resume.js';
import { S3Bucket, type Marker, type S3Options, type Upload, type VersionPage } from './s3-bucket.js';
import { uploadParts } from './upload-parts.js';
import { VersionTally, type Version } from './version-tally.js';

interface Options extends S3Options {
  /** Bytes a part of a multipart upload; S3 allows 10,000 parts of at least 5 MiB. */
  readonly partSize?: number;
}

const MIB = 1024 * 1024;

/** How many parts of one stream are on their way at once. */
const PARTS_AT_ONCE = 2;

/**
 * Objects in a bucket of S3 or of a server that speaks it, versions included. Lifecycle rules that end unfinished uploads
 * and old versions are a good backstop, Object Lock would make erasure impossible.
 */
export class S3ObjectStorage extends ObjectStorage {
  private constructor(
    private readonly bucket: S3Bucket,
    private readonly partSize: number,
  ) {
    super();
  }

  /** @throws StartProblem when the bucket does not answer, or what does is not S3 */
  static async open({ partSize = 8 * MIB, ...options }: Options): Promise<S3ObjectStorage> {
    return new S3ObjectStorage(await S3Bucket.open(options), partSize);
  }

  close(): void {
    this.bucket.close();
  }

  override async put(key: string, body: Buffer): Promise<void> {
    await this.bucket.put(checkedKey(key), body);
  }

  /** Objects cannot grow here: each addition is one of its own. */
  override async add(folder: string, body: Buffer): Promise<Place> {
    const key = checkedFolder(folder) + randomUUID();
    await this.put(key, body);
    return { key, start: 0 };
  }

  override async putStream(key: string, body: Readable): Promise<number> {
    try {
      checkedKey(key);
      const parts = pieces(body, this.partSize);
      const first = (await parts.next()).value as Piece;
      if (!first.isLast) return await this.putParts(key, resume([first], parts));
      await this.put(key, first.bytes);
      return first.bytes.length;
    } finally {
      body.destroy();
    }
  }

  override async get(key: string, range?: ByteRange): Promise<Readable> {
    const wanted = checkedRange(key, range);
    return this.bucket.get(checkedKey(key), wanted);
  }

  override async head(key: string): Promise<StoredObject | null> {
    return this.bucket.head(checkedKey(key));
  }

  override list(prefix: string): AsyncIterable<StoredObject> {
    return this.bucket.list(checkedPrefix(prefix));
  }

  override async delete(key: string): Promise<void> {
    checkedKey(key);
    const own = async () => (await this.versions(key)).filter((version) => version.key === key);
    await removeAll(own, (versions) => this.bucket.deleteVersions(versions));
  }

  override async count(prefix: string): Promise<Holding> {
    const tally = new VersionTally();
    for (let at: Marker | null = {}; at;) {
      const page: VersionPage = await this.bucket.versionsFrom(checkedFolder(prefix), at);
      tally.add(page.versions);
      at = page.next;
    }
    return tally.holding;
  }

  override async deletePrefix(prefix: string): Promise<Holding> {
    checkedFolder(prefix);
    const tally = new VersionTally();
    const remains = async () => [...(await this.bucket.uploads(prefix)), ...(await this.versions(prefix))];
    await removeAll<Version | Upload>(remains, async (found) => {
      const versions = found.filter((each) => 'versionId' in each);
      await Promise.all(found.filter((each) => 'uploadId' in each).map((upload) => this.bucket.abort(upload)));
      await this.bucket.deleteVersions(versions);
      tally.add(versions);
    });
    return tally.holding;
  }

  private async putParts(key: string, parts: AsyncIterable<Piece>): Promise<number> {
    const upload = await this.bucket.begin(key);
    let size = 0;
    try {
      const sent = await uploadParts(parts, PARTS_AT_ONCE, ({ bytes, number }) => {
        size += bytes.length;
        return this.bucket.putPart(upload, number + 1, bytes);
      });
      await this.bucket.complete(upload, sent);
      return size;
    } catch (error) {
      await this.bucket.abort(upload).catch(() => undefined); // The first failure is what matters.
      throw error;
    }
  }

  /** The first page of versions and delete markers. */
  private async versions(prefix: string): Promise<readonly Version[]> {
    return (await this.bucket.versionsFrom(prefix, {})).versions;
  }
}
