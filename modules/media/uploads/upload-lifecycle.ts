import { Injectable } from '@nestjs/common';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { Database } from '#platform/database/database.js';
import { ErasureGate } from '#platform/erasure/erasure-gate.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { UNSENT_KEPT_DAYS, type AbandonedRecording, type MediaOwner, type OwnedRecording } from '../contract.js';
import { uploadPrefix, type UploadStatus } from './upload.js';
import type { UploadTables } from './upload-tables.js';

/** How uploads end. All of it may be repeated: each step asks what is left to do. */
@Injectable()
export class UploadLifecycle {
  private readonly db;

  constructor(
    private readonly database: Database,
    private readonly sealed: SealedObjects,
    private readonly gate: ErasureGate,
  ) {
    this.db = database.of<UploadTables>();
  }

  /**
   * Recordings whose every upload has been silent for that long, oldest first, but for the excepted ones: each once, and
   * once more when it is forgotten.
   */
  async abandoned(
    quietMinutes: number,
    { limit = 100, except = [] }: { readonly limit?: number; readonly except?: readonly string[] } = {},
  ): Promise<AbandonedRecording[]> {
    const found = await this.db
      .selectFrom('recording.upload')
      .select(['recording_id as recordingId', 'request_id as ownerId', 'owner_kind as kind'])
      .select('workspace_id as workspaceId')
      .select(sql<number>`coalesce(sum(offset_bytes) FILTER (WHERE status <> 'discarded'), 0)::bigint`.as('bytes'))
      .select([WHOLE.as('whole'), FORGOTTEN_BY_ALL.as('forgotten')])
      .where('settled_at', 'is', null)
      .where('recording_id', 'not in', except.length ? except : [NOBODY])
      .groupBy(['recording_id', 'request_id', 'owner_kind', 'workspace_id'])
      .having((by) => by(by.fn.max('last_append_at'), '<', sql<Date>`now() - make_interval(mins => ${quietMinutes})`))
      .having(sql<boolean>`(${FORGOTTEN_BY_ALL} OR NOT ${LEFT})`)
      .orderBy((by) => by.fn.max('last_append_at'))
      .limit(limit)
      .execute();
    return found.map(({ kind, ownerId: id, ...recording }) => ({ ...recording, owner: { kind, id } }));
  }

  /** What a recording belongs to knows that its customer is gone. */
  async leave(recordingId: string): Promise<void> {
    await this.noteLeft(recordingId, sql`now()`);
  }

  /** Recordings whose customers were gone, and gave a sign of life since. */
  async returned(limit = 100): Promise<(OwnedRecording & { readonly workspaceId: string })[]> {
    const found = await this.db
      .selectFrom('recording.upload')
      .select(['recording_id as recordingId', 'request_id as ownerId', 'owner_kind as kind'])
      .select('workspace_id as workspaceId')
      .where('settled_at', 'is', null)
      .groupBy(['recording_id', 'request_id', 'owner_kind', 'workspace_id'])
      .having(sql<boolean>`max(left_at) < max(last_append_at)`)
      .limit(limit)
      .execute();
    return found.map(({ kind, ownerId: id, ...recording }) => ({ ...recording, owner: { kind, id } }));
  }

  /** What a recording belongs to knows that its customer is back. */
  async comeBack(recordingId: string): Promise<void> {
    await this.noteLeft(recordingId, null);
  }

  private async noteLeft(recordingId: string, left_at: RawBuilder<Date> | null): Promise<void> {
    await this.db
      .updateTable('recording.upload')
      .set({ left_at })
      .where('recording_id', '=', recordingId)
      .where('settled_at', 'is', null)
      .execute();
  }

  /**
   * The customer is still there: pausing, or looking at what they recorded. That too is a sign of life.
   * @returns false when there is no such recording of this owner that still waits for its end
   */
  async stay(recordingId: string, owner: MediaOwner): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('recording.upload')
      .set({ last_append_at: sql`now()` })
      .where('recording_id', '=', recordingId)
      .where('request_id', '=', owner.id)
      .where('owner_kind', '=', owner.kind)
      .where('settled_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Nothing can be added to the recording from now on; what becomes of it is still to be decided. */
  async close(recordingId: string): Promise<void> {
    await this.db.updateTable('recording.upload').set(CLOSED).where('recording_id', '=', recordingId).execute();
  }

  /** The recording was sent, or is kept as it is, and its stream says so: it needs no more care. */
  async finalise(recordingId: string): Promise<void> {
    await this.db
      .updateTable('recording.upload')
      .set({ ...CLOSED, settled_at: sql`now()` })
      .where('recording_id', '=', recordingId)
      .where('settled_at', 'is', null)
      .execute();
  }

  /**
   * Deletes a recording's uploads: their segments at once, from the database and the storage. The rows stay to say so.
   * @returns how many segments there were
   */
  async discard(recordingId: string): Promise<number> {
    const { segments } = await this.discardWhere('recording_id', recordingId, ALL);
    await this.finalise(recordingId);
    return segments;
  }

  /**
   * Deletes one upload, unless it was closed. Send closes what it sends before anything else, so that the row decides
   * between the two. It is looked after until its recording is settled: that has yet to hear of it.
   * @returns how many others of its recording are left; null when it was closed, and nothing happened
   * @throws Refusal when the recording must be kept
   */
  async terminate(upload: { readonly id: string; readonly recordingId: string }): Promise<number | null> {
    await this.gate.assertOpen(upload.recordingId);
    if (!(await this.discardWhere('id', upload.id, ['open', 'discarded'])).uploads) return null;
    const { left } = await this.db
      .selectFrom('recording.upload')
      .select((by) => by.fn.countAll<number>().as('left'))
      .where('recording_id', '=', upload.recordingId)
      .where('status', '<>', 'discarded')
      .executeTakeFirstOrThrow();
    return left;
  }

  /** Closed first, so that an append in flight finds no row to move; whatever object it still writes, the sweep removes. */
  private async discardWhere(
    column: 'id' | 'recording_id',
    id: string,
    statuses: readonly UploadStatus[],
  ): Promise<{ readonly uploads: number; readonly segments: number }> {
    const { closed, segments } = await this.database.transaction(async (db: Kysely<UploadTables>) => {
      const closed = await db
        .updateTable('recording.upload')
        .set({
          status: 'discarded',
          closed_at: sql`coalesce(closed_at, now())`,
          swept_at: null,
          ...FORGOTTEN,
        })
        .where(column, '=', id)
        .where('status', 'in', statuses)
        .returning(['id', 'recording_id as recordingId'])
        .execute();
      const ids = closed.map((upload) => upload.id);
      if (!ids.length) return { closed, segments: 0 };
      const gone = db.deleteFrom('recording.segment').where('upload_id', 'in', ids);
      return { closed, segments: Number((await gone.executeTakeFirstOrThrow()).numDeletedRows) };
    });
    for (const upload of closed) await this.sealed.deletePrefix(uploadPrefix(upload));
    return { uploads: closed.length, segments };
  }
}

/** Of a recording's uploads that were not discarded: whether none is shorter than it was declared. */
const WHOLE = sql<boolean>`coalesce(bool_and(offset_bytes >= coalesce(declared_length, 0)) FILTER (WHERE status <> 'discarded'), true)`;
/** Whether its customer was found to be gone, and has not been heard of since. */
const LEFT = sql<boolean>`coalesce(min(coalesce(left_at, '-infinity')) >= max(last_append_at), false)`;
const FORGOTTEN_BY_ALL = sql<boolean>`max(last_append_at) < now() - make_interval(days => ${sql.lit(UNSENT_KEPT_DAYS)})`;

/** No recording has this id; a list of none is no SQL. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const CLOSED = {
  status: sql<UploadStatus>`CASE status WHEN 'open' THEN 'finalised' ELSE status END`,
  closed_at: sql<Date>`coalesce(closed_at, now())`,
};

const ALL: readonly UploadStatus[] = ['open', 'complete', 'finalised', 'discarded'];

/** Of discarded bytes, nothing may be told any more. */
const FORGOTTEN = { sha256: null, duration_ms: null, width: null, height: null };
