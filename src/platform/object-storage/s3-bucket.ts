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
import { ObjectMissing, ObjectStorageAway, RangeOutside, type ByteRange, type StoredObject } from './object-storage.js';
import type { Version } from './version-tally.js';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Absent: AWS. */
  readonly endpoint?: string | undefined;
  readonly forcePathStyle?: boolean;
  /** Absent: the SDK's own chain of environment, files and instance roles. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How many entries a listing brings at once. Absent: as many as the server likes, a thousand. */
  readonly page?: number;
}

/** Where a page of versions begins. */
export type Marker = Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'>;

export interface VersionPage {
  readonly versions: readonly Version[];
  readonly next: Marker | null;
}

/** One that is in hand, in parts. */
export interface Upload {
  readonly key: string;
  readonly uploadId: string;
}

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

/** What JavaScript says of a program that is wrong. */
const OURS = [TypeError, RangeError, ReferenceError];

/** The only file that knows the SDK: what is asked of a bucket of S3, or of a server that speaks it. */
export class S3Bucket {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly page: number | undefined,
  ) {}

  /** @throws Error with a sentence for the operator when the bucket does not answer */
  static async open({ bucket, page, ...options }: S3Options): Promise<S3Bucket> {
    const client = new S3Client({ ...DEFAULTS, ...(options as S3ClientConfig) });
    await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((cause: Error) => {
      client.destroy();
      const where = options.endpoint ?? `AWS, ${options.region}`;
      const reason = cause instanceof S3ServiceException ? `HTTP ${cause.$metadata.httpStatusCode}` : cause.message;
      throw new Error(`The S3 bucket "${bucket}" (${where}) does not answer: ${reason}`, { cause });
    });
    client.middlewareStack.add((next) => (call) => next(call).catch(sayIfAway), {
      step: 'initialize',
      priority: 'high',
    });
    return new S3Bucket(client, bucket, page);
  }

  close(): void {
    this.client.destroy();
  }

  async put(key: string, Body: Buffer): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.at(key), Body }));
  }

  /** @throws ObjectMissing, RangeOutside */
  async get(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const { Body } = await this.client
      .send(new GetObjectCommand({ ...this.at(key), Range }))
      .catch((error: unknown) => {
        if (hasStatus(error, 404)) throw new ObjectMissing(key);
        if (range && hasStatus(error, 416)) throw new RangeOutside(key, range);
        throw error;
      });
    return Body as Readable;
  }

  async head(key: string): Promise<StoredObject | null> {
    const found = await this.client.send(new HeadObjectCommand(this.at(key))).catch(unless(404));
    return found && { key, size: found.ContentLength ?? 0 };
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const wanted = { Bucket: this.bucket, Prefix: prefix, MaxKeys: this.page };
    const pages = paginateListObjectsV2({ client: this.client }, wanted);
    for await (const { Contents = [] } of pages)
      for (const { Key, Size } of Contents) yield { key: Key!, size: Size ?? 0 };
  }

  async begin(key: string): Promise<Upload> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(this.at(key)));
    return { key, uploadId: UploadId! };
  }

  async putPart({ key, uploadId }: Upload, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
    const part = new UploadPartCommand({ ...this.at(key), UploadId: uploadId, PartNumber, Body });
    const { ETag } = await this.client.send(part);
    return { ETag, PartNumber };
  }

  async complete({ key, uploadId }: Upload, Parts: CompletedPart[]): Promise<void> {
    const done = { ...this.at(key), UploadId: uploadId, MultipartUpload: { Parts } };
    await this.client.send(new CompleteMultipartUploadCommand(done));
  }

  /** No error when it has gone already. */
  async abort({ key, uploadId }: Upload): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.at(key), UploadId: uploadId });
    await this.client.send(command).catch(unless(404));
  }

  /** The first page of unfinished uploads. */
  async uploads(prefix: string): Promise<Upload[]> {
    const page = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: prefix }));
    return (page.Uploads ?? []).map(({ Key, UploadId }) => ({ key: Key!, uploadId: UploadId! }));
  }

  /** A page of versions and delete markers. */
  async versionsFrom(prefix: string, at: Marker): Promise<VersionPage> {
    const wanted = { Bucket: this.bucket, Prefix: prefix, MaxKeys: this.page, ...at };
    const page = await this.client.send(new ListObjectVersionsCommand(wanted));
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

  async deleteVersions(versions: readonly Version[]): Promise<void> {
    if (!versions.length) return;
    const Objects = versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
    const command = new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } });
    const { Errors: [error] = [] } = await this.client.send(command);
    if (error && !error.Code?.startsWith('NoSuch'))
      throw new Error(`S3 did not delete ${error.Key}: ${error.Code} ${error.Message}`);
  }

  private at(Key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key };
  }
}

/**
 * After all of the client's own attempts. What a server says in so many words of the request is no outage, nor is a
 * mistake of ours, which would be repeated for ever; all else is the line's, or somebody's who answered in its place.
 */
function sayIfAway(error: Error): never {
  if (OURS.some((mistake) => error instanceof mistake)) throw error;
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 500) : 500;
  throw status >= 500 || status === 429 ? new ObjectStorageAway(error) : error;
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
