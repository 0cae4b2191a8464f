import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { LocalFile } from './local-store.js';
import { TrackUpload, type Bytes, type UploadSurroundings } from './track-upload.js';
import type { Closed, NewUpload, Track, Tus } from './tus.js';

/** What Send says of an upload; the server checks both against what it holds. */
export interface SentUpload {
  readonly uploadId: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const HASH_STEP_BYTES = 4 * 1024 * 1024;

/** One track, twice: first in the local file, then on the server; and the digest of the whole. */
export class KeptTrack {
  readonly upload: TrackUpload;
  /** Taken piece by piece: WebCrypto hashes only what lies whole in memory, and a recording of hours must not. */
  private readonly hash = sha256.create();
  private hashed = 0;
  private claim: SentUpload | null = null;

  constructor(
    readonly track: Track,
    readonly mediaType: string,
    readonly bytes: Bytes,
    wire: Tus,
    around: UploadSurroundings,
  ) {
    this.upload = new TrackUpload(bytes, wire, around);
  }

  /** Returns once the bytes are on this computer; the server gets them as soon as it can. */
  async append(file: LocalFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await file.append(bytes);
    if (this.hashed === file.size - bytes.length) {
      this.hash.update(bytes);
      this.hashed = file.size;
    }
    this.upload.grown();
  }

  run(wish: () => NewUpload): Promise<Closed | null> {
    return this.upload.run(wish);
  }

  /** For Send, once nothing more will be uploaded. Null when not a byte arrived. */
  async sent(): Promise<SentUpload | null> {
    const { uploadId, acknowledged, closed } = this.upload;
    if (!uploadId || acknowledged === 0 || closed === 'unreadable') return null;
    if (this.claim?.uploadId === uploadId && this.claim.bytes === acknowledged) return this.claim;
    const hash = this.hashed === acknowledged ? this.hash : await digest(this.bytes, acknowledged);
    this.hashed = 0;
    return (this.claim = { uploadId, bytes: acknowledged, sha256: bytesToHex(hash.digest()) });
  }
}

/** Reads a file again from its beginning: after a reload, or when the server took only a part. */
async function digest(bytes: Bytes, length: number): Promise<ReturnType<typeof sha256.create>> {
  const hash = sha256.create();
  for (let at = 0; at < length; at += HASH_STEP_BYTES)
    hash.update(await bytes.read(at, Math.min(HASH_STEP_BYTES, length - at)));
  return hash;
}
