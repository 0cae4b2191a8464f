import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type { MediaOwner, UploadTerms } from '../contract.js';
import { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';
import type { StoredSegment, Upload, UploadClaim } from './upload.js';
import { uploadOf, type UploadRow, type UploadTables } from './upload-tables.js';
import { hasRoomInTurn } from './workspace-share.js';

export type NewUpload = Pick<
  Upload,
  | 'id'
  | 'workspaceId'
  | 'owner'
  | 'recordingId'
  | 'track'
  | 'source'
  | 'mediaType'
  | 'maxBytes'
  | 'maxDurationMs'
  | 'declaredLength'
  | 'expiresAt'
>;

type OpenLimits = Pick<UploadTerms, 'maxOpenUploads' | 'maxOpenBytes'>;
type Inserted = 'inserted' | 'too_many' | 'too_large' | 'track_taken' | 'room_taken';
type Declared = 'declared' | 'contradicted' | 'room_taken';

/** The rows of `recording.upload` and `recording.segment` that the wire needs. They decide every race. */
@Injectable()
export class UploadRows {
  private readonly db;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {
    this.db = database.of<UploadTables>();
  }

  /** @returns the upload as the database has it now, or null */
  async find(id: string): Promise<Upload | null> {
    const row = await this.db
      .selectFrom('recording.upload')
      .selectAll()
      .select(sql<boolean>`expires_at <= now()`.as('expired'))
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? uploadOf(row) : null;
  }

  /** All uploads of an owner (or of a recording) that were not discarded, oldest first. */
  async of(whose: { owner: MediaOwner } | { recordingId: string }): Promise<Upload[]> {
    const rows: UploadRow[] = await this.db
      .selectFrom('recording.upload')
      .selectAll()
      .select(sql<boolean>`expires_at <= now()`.as('expired'))
      .where((by) =>
        'owner' in whose
          ? by.and([by('request_id', '=', whose.owner.id), by('owner_kind', '=', whose.owner.kind)])
          : by('recording_id', '=', whose.recordingId),
      )
      .where('status', '<>', 'discarded')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(uploadOf);
  }

  /**
   * `too_many` when the owner has as many that still take appends as it may, `too_large` when those leave less than it
   * declares, `track_taken` when the recording has an upload for that track already, `room_taken` when others of the
   * workspace were quicker. Creations of one owner wait for each other, so that the limits hold against a burst.
   */
  async insert(upload: NewUpload, { maxOpenUploads, maxOpenBytes }: OpenLimits, joins: boolean): Promise<Inserted> {
    return this.database.transaction<UploadTables, Inserted>(async (db) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${upload.owner.id}, 5))`.execute(db);
      const wanted = { workspaceId: upload.workspaceId, joins, bytes: upload.declaredLength ?? 0 };
      if (!(await hasRoomInTurn(db, this.config, wanted))) return 'room_taken';
      const { open, held } = await openOf(db, upload.owner, this.config.values.ABANDONED_AFTER_MINUTES);
      const room = maxOpenBytes - held;
      // Who cannot say how much it will be leaves room for the camera beside it.
      const left = Math.min(upload.maxBytes, upload.declaredLength === null ? Math.floor(room / 2) : room);
      const isTooLarge = left < (upload.declaredLength ?? 1);
      const maxBytes = isTooLarge ? upload.maxBytes : left; // a row that goes again, once it is known not to be a twin
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('recording.upload')
        .values(newRow({ ...upload, maxBytes }))
        .onConflict((track) => track.columns(['recording_id', 'track']).where('status', '<>', 'discarded').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return 'track_taken';
      if (open < maxOpenUploads && !isTooLarge) return 'inserted';
      await db.deleteFrom('recording.upload').where('id', '=', upload.id).execute();
      return isTooLarge ? 'too_large' : 'too_many';
    });
  }

  /** Removes an upload that never got a byte. */
  async takeBack(id: string): Promise<void> {
    await this.db.deleteFrom('recording.upload').where('id', '=', id).where('offset_bytes', '=', 0).execute();
  }

  /** Says the final length of an upload opened without one, unless it has one already or holds more than that. */
  async declareLength({ id, workspaceId, offset }: Upload, length: number): Promise<Declared> {
    return this.database.transaction<UploadTables, Declared>(async (db) => {
      const wanted = { workspaceId, joins: true, bytes: length - offset };
      if (!(await hasRoomInTurn(db, this.config, wanted))) return 'room_taken';
      const { numUpdatedRows } = await db
        .updateTable('recording.upload')
        .set({ declared_length: length })
        .where('id', '=', id)
        .where('status', '=', 'open')
        .where('declared_length', 'is', null)
        .where('offset_bytes', '<=', length)
        .executeTakeFirst();
      return numUpdatedRows === 1n ? 'declared' : 'contradicted';
    });
  }

  /** @returns false when it is not open any more, or has grown since the claim was checked */
  async complete(id: string, { bytes, sha256, durationMs, width, height }: UploadClaim): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('recording.upload')
      .set({ status: 'complete', closed_at: sql`now()`, sha256, duration_ms: durationMs, width, height })
      .where('id', '=', id)
      .where('status', '=', 'open')
      .where('offset_bytes', '=', bytes)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** @returns the acknowledged segment that begins exactly there, or null */
  async segmentAt(id: string, offset: number): Promise<StoredSegment | null> {
    const [segment] = await this.segmentsFrom(id, offset, 1);
    return segment?.offset === offset ? segment : null;
  }

  /** The first `limit` segments in order, beginning with the one that holds the byte at `position`. */
  async segmentsFrom(id: string, position: number, limit: number): Promise<StoredSegment[]> {
    const { rows } = await sql<StoredSegment>`
      SELECT offset_bytes AS offset, length, sha256, json_build_object('key', object_key, 'start', object_start) AS place
      FROM recording.segment
      WHERE upload_id = ${id} AND offset_bytes + length > ${position} AND offset_bytes >= coalesce(
        (SELECT max(offset_bytes) FROM recording.segment WHERE upload_id = ${id} AND offset_bytes <= ${position}), 0)
      ORDER BY offset_bytes LIMIT ${limit}`.execute(this.db);
    return rows;
  }
}

/** The owner's uploads that take appends, and how many bytes they hold: of one that nothing comes to, those it has. */
async function openOf(
  db: Kysely<UploadTables>,
  owner: MediaOwner,
  quietMinutes: number,
): Promise<{ open: number; held: number }> {
  return db
    .selectFrom('recording.upload')
    .select([
      sql<number>`count(*)::int`.as('open'),
      sql<number>`coalesce(sum(CASE WHEN progressed_at > now() - make_interval(mins => ${quietMinutes})
        THEN coalesce(declared_length, max_bytes) ELSE offset_bytes END), 0)::float8`.as('held'),
    ])
    .where('request_id', '=', owner.id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
}

function newRow(upload: NewUpload) {
  return {
    id: upload.id,
    workspace_id: upload.workspaceId,
    owner_kind: upload.owner.kind,
    request_id: upload.owner.id,
    recording_id: upload.recordingId,
    track: upload.track,
    source: upload.source,
    media_type: upload.mediaType,
    max_bytes: upload.maxBytes,
    max_duration_ms: upload.maxDurationMs,
    declared_length: upload.declaredLength,
    expires_at: upload.expiresAt,
  };
}
