import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { streamName } from '#kernel/stream.js';
import { Database } from '#platform/database/database.js';
import type { Unfinished, UnfinishedWork } from '#platform/jobs/reconciler.js';
import { Streams } from '#platform/streams/streams.js';
import { isTimeToRetry, recording } from '../domain/recording.js';
import type { UploadTables } from '../uploads/upload-tables.js';
import { MediaWorkshop } from './media-workshop.js';
import { PROCESS_MEDIA } from './process-media.js';
import { removeSegments } from './remove-segments.js';

const AT_ONCE = 500;
/** What failed is older than what was lost, and there is more of it that stays as it is. */
const LOOKS_BACK_EVERY_MS = 3_600_000;

interface InPieces {
  readonly recordingId: string;
  readonly owner: string;
}

/**
 * Recordings that were sent and are neither ready nor failed for good; those that failed by no fault of the file, once
 * there is another program, or another day; and pieces that should have gone, with what the customer cut off. Only of
 * what still lies in pieces.
 */
@Injectable()
export class UnfinishedMedia implements UnfinishedWork {
  private lookedBackAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly streams: Streams,
    private readonly workshop: MediaWorkshop,
  ) {}

  async find(): Promise<Unfinished[]> {
    const [by, now] = [await this.workshop.name(), new Date()];
    const looksBack = now.getTime() - this.lookedBackAt >= LOOKS_BACK_EVERY_MS;
    const found: Unfinished[] = [];
    for await (const one of this.inPieces(looksBack ? null : '7 days')) {
      const unfinished = await this.unfinished(one, by, now);
      if (unfinished) found.push(unfinished);
    }
    if (looksBack) this.lookedBackAt = now.getTime();
    return found;
  }

  private async unfinished({ recordingId, owner }: InPieces, by: string, now: Date): Promise<Unfinished | null> {
    const { state } = await this.streams.load(recording, recordingId);
    const own = streamName(recording, recordingId);
    if (state.deletion !== 'none') return null;
    if (state.previewed) return { queue: removeSegments.queue, streams: [own] };
    const asked = { queue: PROCESS_MEDIA, streams: [own, owner] }; // Send is noted in the owner's
    if (state.failure === null) return asked;
    return isTimeToRetry(state, by, now) ? { ...asked, onceMore: true } : null;
  }

  /** @param since how long ago they were settled at most; null for all there are */
  private async *inPieces(since: string | null): AsyncGenerator<InPieces> {
    for (let last: string | null = null, more = true; more;) {
      const page: InPieces[] = await this.page(since, last);
      yield* page;
      last = page.at(-1)?.recordingId ?? null;
      more = page.length === AT_ONCE;
    }
  }

  private page(since: string | null, after: string | null): Promise<InPieces[]> {
    let query = this.database
      .of<UploadTables>()
      .selectFrom('recording.upload as upload')
      .select('upload.recording_id as recordingId')
      .select(sql<string>`upload.owner_kind || '-' || upload.request_id`.as('owner'))
      .distinct()
      .where('upload.status', 'in', ['complete', 'finalised'])
      .where('upload.settled_at', '<', sql<Date>`now() - interval '10 minutes'`)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('recording.segment as segment')
            .whereRef('segment.upload_id', '=', 'upload.id')
            .select('segment.upload_id'),
        ),
      )
      .orderBy('upload.recording_id')
      .limit(AT_ONCE);
    if (since) query = query.where('upload.settled_at', '>', sql<Date>`now() - ${since}::interval`);
    if (after) query = query.where('upload.recording_id', '>', after);
    return query.execute();
  }
}
