import type { Place } from '#platform/object-storage/object-storage.js';
import type { MediaOwner, Source, Track } from '../contract.js';

export type { Source, Track, UploadClaim } from '../contract.js';

/**
 * `open` takes appends. `complete`: the client vouched for the whole and the digest agreed. `finalised`: nobody came
 * back, the server keeps what arrived. `discarded`: everything was deleted, the row stays to say so.
 */
export type UploadStatus = 'open' | 'complete' | 'finalised' | 'discarded';

/** One track on its way in. Sizes and offsets are bytes of plaintext. */
export interface Upload {
  readonly id: string;
  readonly workspaceId: string;
  readonly owner: MediaOwner;
  readonly recordingId: string;
  readonly track: Track;
  readonly source: Source;
  readonly mediaType: string;
  readonly maxBytes: number;
  readonly maxDurationMs: number;
  /** The final length, once the client has said it. */
  readonly declaredLength: number | null;
  /** How much is acknowledged, and therefore safe. */
  readonly offset: number;
  readonly status: UploadStatus;
  /** Whether its recording was sent, kept or discarded. */
  readonly settled: boolean;
  readonly expiresAt: Date;
  /** Whether that moment had passed when this was read, by the database's clock. */
  readonly expired: boolean;
  readonly lastAppendAt: Date;
  readonly sha256: Buffer | null;
  readonly durationMs: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** One acknowledged append. */
export interface Segment {
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
}

/** And where its sealed bytes lie. */
export type StoredSegment = Segment & { readonly place: Place };

/** The most that one stored segment holds, and the most that a checked append may carry. */
export const SEGMENT_BYTES = 1024 * 1024;

/** Everything an upload ever stored lies under this prefix. */
export function uploadPrefix(upload: Pick<Upload, 'id' | 'recordingId'>): string {
  return `recordings/${upload.recordingId}/${upload.id}/`;
}

/**
 * The name under which a segment is sealed. The digest is part of it because a retry may carry other bytes at the same
 * offset (a client that coalesced its backlog), and the bytes that lost must not pass for those that won.
 */
export function segmentName({ offset, sha256 }: Pick<Segment, 'offset' | 'sha256'>): string {
  return `${String(offset).padStart(12, '0')}-${sha256.toString('hex', 0, 8)}`;
}
