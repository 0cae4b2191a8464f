import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type CompletedPart,
  type ListObjectVersionsCommandInput,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { checkedFolder, checkedKey, checkedPrefix, checkedRange } from './object-keys.js';
import {
  ObjectMissing,
  ObjectStorage,
  RangeOutside,
  type ByteRange,
  type Holding,
  type Place,
  type StoredObject,
} from './object-storage.js';
import { pieces, type Piece } from './pieces.js';
import { removeAll } from './remove-all.js';
import { resume } from './resume.js';
import { uploadParts } from './upload-parts.js';
import { VersionTally, type Version } from './version-tally.js';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Absent: AWS. */
  readonly endpoint?: string | undefined;
  readonly forcePathStyle?: boolean;
  /** Absent: the SDK's own chain of environment, files and instance roles. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Bytes a part of a multipart upload; S3 allows 10,000 parts of at least 5 MiB. */
  readonly partSize?: number;
}

/** Where a page of versions begins. */
type Marker = Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'>;

interface VersionPage {
  readonly versions: readonly Version[];
  readonly next: Marker | null;
}

interface Upload {
  readonly key: string;
  readonly uploadId: string;
}

const MIB = 1024 * 1024;

const DEFAULTS = {
  // Servers other than AWS's stumble over the checksums that the SDK would add; bodies are signed, and sealed, anyway.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  retryMode: 'standard',
  maxAttempts: 5,
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    socketTimeout: 60_000,
    // A viewer who pauses holds a connection; uploads must not wait for one.
    httpAgent: { keepAlive: true, maxSockets: 500 },
    httpsAgent: { keepAlive: true, maxSockets: 500 },
  },
} satisfies S3ClientConfig;

/** How many parts of one stream are on their way at once. */
const PARTS_AT_ONCE = 2;

/**
 * Objects in a bucket of S3 or of a server that speaks it, versions included. Lifecycle rules that end unfinished uploads
 * and old versions are a good backstop, Object Lock would make erasure impossible.
 */
export class S3ObjectStorage extends ObjectStorage {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly partSize: number,
  ) {
    super();
  }

  /** @throws Error with a sentence for the operator when the bucket does not answer */
  static async open({ bucket, partSize = 8 * MIB, ...options }: S3Options): Promise<S3ObjectStorage> {
    const client = new S3Client({ ...DEFAULTS, ...(options as S3ClientConfig) });
    await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((cause: Error) => {
      client.destroy();
      const where = options.endpoint ?? `AWS, ${options.region}`;
      const reason = cause instanceof S3ServiceException ? `HTTP ${cause.$metadata.httpStatusCode}` : cause.message;
      throw new Error(`The S3 bucket "${bucket}" (${where}) does not answer: ${reason}`, { cause });
    });
    return new S3ObjectStorage(client, bucket, partSize);
  }

  close(): void {
    this.client.destroy();
  }

  override async put(key: string, body: Buffer): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.at(key), Body: body }));
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
    const command = new GetObjectCommand({
      ...this.at(key),
      ...(wanted && { Range: `bytes=${wanted.start}-${wanted.end}` }),
    });
    const { Body } = await this.client.send(command).catch((error: unknown) => {
      if (hasStatus(error, 404)) throw new ObjectMissing(key);
      if (wanted && hasStatus(error, 416)) throw new RangeOutside(key, wanted);
      throw error;
    });
    return Body as Readable;
  }

  override async head(key: string): Promise<StoredObject | null> {
    const found = await this.client.send(new HeadObjectCommand(this.at(key))).catch(unless(404));
    return found && { key, size: found.ContentLength ?? 0 };
  }

  override list(prefix: string): AsyncIterable<StoredObject> {
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.bucket, Prefix: checkedPrefix(prefix) },
    );
    return (async function* () {
      for await (const { Contents = [] } of pages)
        for (const { Key, Size } of Contents) yield { key: Key!, size: Size ?? 0 };
    })();
  }

  override async delete(key: string): Promise<void> {
    checkedKey(key);
    const own = async () => (await this.versions(key)).filter((version) => version.key === key);
    await removeAll(own, (versions) => this.deleteVersions(versions));
  }

  override async count(prefix: string): Promise<Holding> {
    const tally = new VersionTally();
    for (let at: Marker | null = {}; at;) {
      const page: VersionPage = await this.versionsFrom(checkedFolder(prefix), at);
      tally.add(page.versions);
      at = page.next;
    }
    return tally.holding;
  }

  override async deletePrefix(prefix: string): Promise<Holding> {
    checkedFolder(prefix);
    const tally = new VersionTally();
    const remains = async () => [...(await this.uploads(prefix)), ...(await this.versions(prefix))];
    await removeAll<Version | Upload>(remains, async (found) => {
      const versions = found.filter((each) => 'versionId' in each);
      await Promise.all(found.filter((each) => 'uploadId' in each).map((upload) => this.abort(upload)));
      await this.deleteVersions(versions);
      tally.add(versions);
    });
    return tally.holding;
  }

  private async putParts(key: string, parts: AsyncIterable<Piece>): Promise<number> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(this.at(key)));
    const upload = { key, uploadId: UploadId! };
    let size = 0;
    try {
      const Parts = await uploadParts(parts, PARTS_AT_ONCE, ({ bytes, number }) => {
        size += bytes.length;
        return this.putPart(upload, number + 1, bytes);
      });
      const done = { ...this.at(key), UploadId, MultipartUpload: { Parts } };
      await this.client.send(new CompleteMultipartUploadCommand(done));
      return size;
    } catch (error) {
      await this.abort(upload).catch(() => undefined); // The first failure is what matters.
      throw error;
    }
  }

  private async putPart({ key, uploadId }: Upload, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
    const part = new UploadPartCommand({ ...this.at(key), UploadId: uploadId, PartNumber, Body });
    const { ETag } = await this.client.send(part);
    return { ETag, PartNumber };
  }

  private async abort({ key, uploadId }: Upload): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.at(key), UploadId: uploadId });
    await this.client.send(command).catch(unless(404));
  }

  /** The first page of unfinished uploads. */
  private async uploads(prefix: string): Promise<Upload[]> {
    const page = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: prefix }));
    return (page.Uploads ?? []).map(({ Key, UploadId }) => ({ key: Key!, uploadId: UploadId! }));
  }

  /** The first page of versions and delete markers. */
  private async versions(prefix: string): Promise<readonly Version[]> {
    return (await this.versionsFrom(prefix, {})).versions;
  }

  private async versionsFrom(prefix: string, at: Marker): Promise<VersionPage> {
    const page = await this.client.send(new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: prefix, ...at }));
    const version = (isMarker: boolean) => (entry: { Key?: string; VersionId?: string }) => ({
      key: entry.Key!,
      versionId: entry.VersionId!,
      isMarker,
    });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    return {
      versions: [...(page.Versions ?? []).map(version(false)), ...(page.DeleteMarkers ?? []).map(version(true))],
      next: page.IsTruncated && KeyMarker ? { KeyMarker, VersionIdMarker } : null,
    };
  }

  private async deleteVersions(versions: readonly Version[]): Promise<void> {
    if (!versions.length) return;
    const Objects = versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
    const command = new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } });
    const { Errors: [error] = [] } = await this.client.send(command);
    if (error && !error.Code?.startsWith('NoSuch'))
      throw new Error(`S3 did not delete ${error.Key}: ${error.Code} ${error.Message}`);
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: checkedKey(key) };
  }
}

/** Answers null for one status, and throws everything else. */
function unless(status: number): (error: unknown) => null {
  return (error) => {
    if (hasStatus(error, status)) return null;
    throw error;
  };
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
