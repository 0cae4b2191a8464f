import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { uploadPrefix, type Track, type Upload, type UploadStatus } from './upload.js';
import type { UploadTables } from './upload-tables.js';

/**
 * Longer than an append may be in flight, and than a server stores anything on its memory of an open upload: after it,
 * nothing more is written under a closed one.
 */
export const GRACE_MINUTES = 60;
const UPLOADS_A_SWEEP = 100;

type Closed = Pick<Upload, 'id' | 'recordingId'> & { readonly status: UploadStatus };

/** Takes away what is no longer needed of uploads: replaced segments, and objects in which no append won its race. */
@Injectable()
export class SegmentRemoval {
  private readonly db;

  constructor(
    database: Database,
    private readonly storage: ObjectStorage,
  ) {
    this.db = database.of<UploadTables>();
  }

  /** A file that plays has taken their place. Readers in the middle of them will read on from that file. */
  async removeSegments(recordingId: string, track: Track): Promise<void> {
    const uploads = await this.db
      .updateTable('recording.upload')
      .set({ swept_at: null })
      .where('recording_id', '=', recordingId)
      .where('track', '=', track)
      .where('status', '<>', 'open')
      .returning(['id', 'recording_id as recordingId'])
      .execute();
    for (const upload of uploads) {
      await this.db.deleteFrom('recording.segment').where('upload_id', '=', upload.id).execute();
      await this.storage.deletePrefix(uploadPrefix(upload));
    }
  }

  /**
   * Deletes objects that no row speaks of. Only under uploads that have been closed for a while, so that the rows are
   * all there will ever be and no append is in flight.
   * @returns how many objects were deleted
   */
  async sweep(graceMinutes = GRACE_MINUTES): Promise<number> {
    const closed = await this.db
      .selectFrom('recording.upload')
      .select(['id', 'recording_id as recordingId', 'status'])
      .where('swept_at', 'is', null)
      .where('closed_at', '<=', sql<Date>`now() - make_interval(mins => ${graceMinutes})`)
      .orderBy('closed_at')
      .limit(UPLOADS_A_SWEEP)
      .execute();
    let deleted = 0;
    for (const upload of closed) deleted += await this.sweepOne(upload);
    return deleted;
  }

  private async sweepOne(upload: Closed): Promise<number> {
    const kept = await this.objectsOf(upload);
    let deleted = 0;
    for await (const { key } of this.storage.list(uploadPrefix(upload))) {
      if (kept.has(key)) continue;
      await this.storage.delete(key);
      deleted++;
    }
    await this.db
      .updateTable('recording.upload')
      .set({ swept_at: sql`now()` })
      .where('id', '=', upload.id)
      .execute();
    return deleted;
  }

  private async objectsOf({ id }: Closed): Promise<Set<string>> {
    const objects = await this.db
      .selectFrom('recording.segment')
      .select('object_key as key')
      .distinct()
      .where('upload_id', '=', id)
      .execute();
    return new Set(objects.map(({ key }) => key));
  }
}
