import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { Eraser, NOTHING, type Removed } from '#platform/erasure/eraser.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';

/** The rows that say what arrived of a recording. Those of its uploads stay, to say that they were discarded. */
@Injectable()
export class UploadRowsEraser extends Eraser {
  readonly store = 'media rows';

  constructor(
    private readonly database: Database,
    private readonly uploads: UploadLifecycle,
  ) {
    super();
  }

  async found(subject: string): Promise<Removed> {
    const { rows } = await sql<{ segments: number }>`SELECT count(*)::int AS segments
      FROM recording.segment s JOIN recording.upload u ON u.id = s.upload_id
      WHERE u.recording_id = ${subject}`.execute(this.database.of());
    return { ...NOTHING, rows: rows[0]!.segments };
  }

  async erase(subject: string): Promise<Removed> {
    return { ...NOTHING, rows: await this.uploads.discard(subject) };
  }
}
