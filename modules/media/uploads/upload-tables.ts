import type { ColumnType, Generated, Selectable } from 'kysely';
import type { Source, Track, Upload, UploadStatus } from './upload.js';

type Stamp = Generated<Date>;

/** `recording.upload` and `recording.segment` as the query builder sees them; the meaning is in the migration. */
export interface UploadTables {
  'recording.upload': {
    id: string;
    workspace_id: string;
    owner_kind: string;
    /** Of the owner, of whatever kind. */
    request_id: string;
    recording_id: string;
    track: Track;
    source: Source;
    media_type: string;
    max_bytes: number;
    max_duration_ms: number;
    declared_length: number | null;
    offset_bytes: Generated<number>;
    status: ColumnType<UploadStatus, UploadStatus | undefined>;
    created_at: Stamp;
    last_append_at: Stamp;
    progressed_at: Stamp;
    left_at: Date | null;
    expires_at: Date;
    closed_at: Date | null;
    settled_at: Date | null;
    swept_at: Date | null;
    sha256: Buffer | null;
    duration_ms: number | null;
    width: number | null;
    height: number | null;
  };
  'recording.segment': {
    upload_id: string;
    offset_bytes: number;
    length: number;
    sha256: Buffer;
    object_key: string;
    object_start: number;
  };
}

/** A row read with `expires_at <= now()` beside it, so that one clock, the database's, decides. */
export type UploadRow = Selectable<UploadTables['recording.upload']> & { readonly expired: boolean };

export function uploadOf(row: UploadRow): Upload {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    owner: { kind: row.owner_kind, id: row.request_id },
    recordingId: row.recording_id,
    track: row.track,
    source: row.source,
    mediaType: row.media_type,
    maxBytes: row.max_bytes,
    maxDurationMs: row.max_duration_ms,
    declaredLength: row.declared_length,
    offset: row.offset_bytes,
    status: row.status,
    settled: row.settled_at !== null,
    expiresAt: row.expires_at,
    expired: row.expired,
    lastAppendAt: row.last_append_at,
    sha256: row.sha256,
    durationMs: row.duration_ms,
    width: row.width,
    height: row.height,
  };
}
