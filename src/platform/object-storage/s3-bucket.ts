import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type CompletedPart,
  type ListObjectsV2CommandInput,
  type ListObjectVersionsCommandInput,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { PartAway, StartProblem } from '#platform/config/start-problem.js';
import { ObjectMissing, ObjectStorageAway, RangeOutside, type ByteRange, type StoredObject } from './object-storage.js';
import { isTagOf, proves, provesListing, provesRange, sayIfAway, sizeProven } from './s3-answers.js';
import { discard, inTime, sayingIfAway, type Haste } from './s3-manner.js';
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
  /**
   * How long a person is left waiting, over all attempts, in milliseconds; each may take less than half of it. A body may
   * be silent for as long, and what is large takes up to five times that.
   */
  readonly patienceMs?: number;
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

/** Less than what persons, browsers and proxies wait for an answer: a storage that froze is given up before they are. */
const PATIENCE_MS = 12_000;
/** Bodies up to this size, such as an append's or a picture's, are what persons wait for; larger ones are a worker's. */
const SMALL = 2 * 1024 * 1024;
/** How much longer what is large may take, and what concerns many objects at once. */
const LARGE = 5;

interface Manner {
  readonly page: number | undefined;
  readonly patienceMs: number;
}

/** The only file that knows the SDK: what is asked of a bucket of S3, or of a server that speaks it. */
export class S3Bucket {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly manner: Manner,
  ) {}

  /** @throws StartProblem when the bucket does not answer, or what does is not S3 */
  static async open({ bucket, page, patienceMs = PATIENCE_MS, ...options }: S3Options): Promise<S3Bucket> {
    const client = new S3Client({ ...DEFAULTS, ...(options as S3ClientConfig) });
    // A listing says whose it is; an answer without a body might be anybody's.
    const look = new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 });
    const looking = inTime(patienceMs, (haste) => client.send(look, haste));
    await looking
      .then(({ Name }) => proves(Name === bucket, 'ListObjectsV2'))
      .catch((cause: Error) => {
        client.destroy();
        throw unusable(bucket, options.endpoint ?? `AWS, ${options.region}`, cause);
      });
    const naming = { step: 'initialize', priority: 'high' } as const;
    client.middlewareStack.add(
      (next, { commandName }) =>
        (call) =>
          next(call).catch((error: Error) => sayIfAway(error, commandName)),
      naming,
    );
    return new S3Bucket(client, bucket, { page, patienceMs });
  }

  close(): void {
    this.client.destroy();
  }

  async put(key: string, Body: Buffer): Promise<void> {
    const command = new PutObjectCommand({ ...this.at(key), Body });
    const send = (haste: Haste) => this.client.send(command, haste);
    const { ETag } = await (Body.length > SMALL ? this.atLength(send) : this.soon(send));
    if (isTagOf(ETag, Body)) return;
    // A bucket that encrypts has tags of another kind: then what lies there now must have this one.
    const there = await this.stored(key);
    proves(ETag && there?.tag === ETag && there.size === Body.length, 'PutObject');
  }

  /** @throws ObjectMissing, RangeOutside */
  async get(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const command = new GetObjectCommand({ ...this.at(key), Range });
    const answer = await this.soon((haste) => this.client.send(command, haste)).catch((error: Error) => {
      if (error.name === 'NoSuchKey') throw new ObjectMissing(key);
      if (range && error.name === 'InvalidRange') throw new RangeOutside(key, range);
      return sayIfAway(error);
    });
    const body = answer.Body as Readable;
    try {
      if (range) provesRange('GetObject', answer, range);
      else sizeProven('GetObject', answer);
    } catch (error) {
      discard(body);
      throw error;
    }
    return sayingIfAway(body, this.manner.patienceMs);
  }

  async head(key: string): Promise<StoredObject | null> {
    const stored = await this.stored(key);
    if (stored) return { key, size: stored.size };
    // An answer without a body cannot say what is not there: the object, its bucket, or the storage itself.
    for await (const first of this.list(key, 1)) return first.key === key ? first : null;
    return null;
  }

  async *list(prefix: string, MaxKeys = this.manner.page): AsyncIterable<StoredObject> {
    const wanted = { Bucket: this.bucket, Prefix: prefix, MaxKeys };
    let from: Pick<ListObjectsV2CommandInput, 'ContinuationToken'> | null = {};
    while (from) {
      const command: ListObjectsV2Command = new ListObjectsV2Command({ ...wanted, ...from });
      const page = await this.soon((haste) => this.client.send(command, haste));
      const { Contents = [], NextContinuationToken: ContinuationToken } = page;
      provesListing('ListObjectsV2', prefix, { of: page.Name, keys: Contents.map(({ Key }) => Key) });
      for (const { Key, Size } of Contents) yield { key: Key!, size: Size ?? 0 };
      from = page.IsTruncated ? { ContinuationToken } : null;
      proves(!from || ContinuationToken, 'ListObjectsV2');
    }
  }

  async begin(key: string): Promise<Upload> {
    const command = new CreateMultipartUploadCommand(this.at(key));
    const { UploadId } = await this.soon((haste) => this.client.send(command, haste));
    proves(UploadId, 'CreateMultipartUpload');
    return { key, uploadId: UploadId };
  }

  /** Whether its tag is true, the storage sees when the upload is completed. */
  async putPart({ key, uploadId }: Upload, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
    const part = new UploadPartCommand({ ...this.at(key), UploadId: uploadId, PartNumber, Body });
    const { ETag } = await this.atLength((haste) => this.client.send(part, haste));
    proves(ETag, 'UploadPart');
    return { ETag, PartNumber };
  }

  async complete({ key, uploadId }: Upload, Parts: CompletedPart[]): Promise<void> {
    const done = { ...this.at(key), UploadId: uploadId, MultipartUpload: { Parts } };
    const command = new CompleteMultipartUploadCommand(done);
    const { Key } = await this.atLength((haste) => this.client.send(command, haste)); // Ceph leaves the tag empty
    proves(Key, 'CompleteMultipartUpload');
  }

  /** No error when it has gone already. That it has, only a listing says. */
  async abort({ key, uploadId }: Upload): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.at(key), UploadId: uploadId });
    await this.soon((haste) => this.client.send(command, haste)).catch((error: Error) => {
      if (error.name !== 'NoSuchUpload') throw error;
    });
  }

  /** The first page of unfinished uploads. */
  async uploads(prefix: string): Promise<Upload[]> {
    const command = new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: prefix });
    const { Bucket: of, Uploads = [] } = await this.soon((haste) => this.client.send(command, haste));
    provesListing('ListMultipartUploads', prefix, { of, keys: Uploads.map(({ Key }) => Key) });
    return Uploads.map(({ Key, UploadId }) => ({ key: Key!, uploadId: UploadId! }));
  }

  /** A page of versions and delete markers. */
  async versionsFrom(prefix: string, at: Marker): Promise<VersionPage> {
    const wanted = { Bucket: this.bucket, Prefix: prefix, MaxKeys: this.manner.page, ...at };
    const page = await this.soon((haste) => this.client.send(new ListObjectVersionsCommand(wanted), haste));
    const version = (isMarker: boolean) => (entry: { Key?: string; VersionId?: string }) => ({
      key: entry.Key!,
      versionId: entry.VersionId!,
      isMarker,
    });
    const versions = [...(page.Versions ?? []).map(version(false)), ...(page.DeleteMarkers ?? []).map(version(true))];
    provesListing('ListObjectVersions', prefix, { of: page.Name, keys: versions.map(({ key }) => key) });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    return { versions, next: page.IsTruncated && KeyMarker ? { KeyMarker, VersionIdMarker } : null };
  }

  async deleteVersions(versions: readonly Version[]): Promise<void> {
    if (!versions.length) return;
    const Objects = versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
    const command = new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects } });
    const { Deleted = [], Errors = [] } = await this.atLength((haste) => this.client.send(command, haste));
    proves(Deleted.length + Errors.length, 'DeleteObjects');
    const kept = Errors.find(({ Code }) => !Code?.startsWith('NoSuch'));
    if (kept) throw new ObjectStorageAway(new Error(`S3 did not delete ${kept.Key}: ${kept.Code} ${kept.Message}`));
  }

  private at(Key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key };
  }

  /** Null for an answer of 404, whoever gave it. */
  private async stored(key: string): Promise<{ readonly size: number; readonly tag: string | undefined } | null> {
    const command = new HeadObjectCommand(this.at(key));
    const found = await this.soon((haste) => this.client.send(command, haste)).catch((error: Error) => {
      if (error.name === 'NotFound' || error.name === 'NoSuchKey') return null;
      return sayIfAway(error);
    });
    return found && { size: sizeProven('HeadObject', found), tag: found.ETag };
  }

  private soon<Answer>(ask: (haste: Haste) => Promise<Answer>): Promise<Answer> {
    return inTime(this.manner.patienceMs, ask);
  }

  private atLength<Answer>(ask: (haste: Haste) => Promise<Answer>): Promise<Answer> {
    return inTime(LARGE * this.manner.patienceMs, ask);
  }
}

/** Why a bucket cannot be used, in a sentence for the operator. What the server refuses in so many words, waiting cannot help. */
function unusable(bucket: string, where: string, cause: Error): StartProblem {
  const status = cause instanceof S3ServiceException ? (cause.$metadata.httpStatusCode ?? 0) : 0;
  const Kind = status >= 300 && status < 500 ? StartProblem : PartAway;
  const reason = status >= 300 ? `HTTP ${status}` : cause.message;
  return new Kind(`The S3 bucket "${bucket}" (${where}) does not answer: ${reason}`, { cause });
}
