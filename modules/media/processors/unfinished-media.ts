import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { streamName } from '#kernel/stream.js';
import { Database } from '#platform/database/database.js';
import type { Unfinished, UnfinishedWork } from '#platform/jobs/reconciler.js';
import { Streams } from '#platform/streams/streams.js';
import { recording } from '../domain/recording.js';
import type { UploadTables } from '../uploads/upload-tables.js';
import { PROCESS_MEDIA } from './process-media.js';
import { removeSegments } from './remove-segments.js';

const AT_ONCE = 500;

/**
 * Recordings that were sent and are neither ready nor failed for good; and pieces of them that should have gone, with
 * what the customer cut off. Only while something can be missing: what came in the last week, and still lies in pieces.
 */
@Injectable()
export class UnfinishedMedia implements UnfinishedWork {
  constructor(
    private readonly database: Database,
    private readonly streams: Streams,
  ) {}

  async find(): Promise<Unfinished[]> {
    const found: Unfinished[] = [];
    for (const { recordingId, owner } of await this.inPieces()) {
      const { previewed, failure, deletion } = (await this.streams.load(recording, recordingId)).state;
      if (deletion !== 'none' || failure) continue;
      const own = streamName(recording, recordingId);
      found.push(
        previewed ? { queue: removeSegments.queue, streams: [own] } : { queue: PROCESS_MEDIA, streams: [own, owner] }, // Send is noted in the owner's,
      );
    }
    return found;
  }

  private inPieces() {
    return this.database
      .of<UploadTables>()
      .selectFrom('recording.upload as upload')
      .select('upload.recording_id as recordingId')
      .select(sql<string>`upload.owner_kind || '-' || upload.request_id`.as('owner'))
      .distinct()
      .where('upload.status', 'in', ['complete', 'finalised'])
      .where('upload.settled_at', '<', sql<Date>`now() - interval '10 minutes'`)
      .where('upload.settled_at', '>', sql<Date>`now() - interval '7 days'`)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('recording.segment as segment')
            .whereRef('segment.upload_id', '=', 'upload.id')
            .select('segment.upload_id'),
        ),
      )
      .limit(AT_ONCE)
      .execute();
  }
}
