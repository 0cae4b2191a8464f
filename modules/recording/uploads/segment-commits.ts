import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import type { StoredSegment } from './upload.js';

const MOST_TOGETHER = 64;

/**
 * One statement, so one round trip and one commit: each row moves on only if nobody moved it first, and only then
 * does its segment exist. A rival at the same offset waits for the row, then finds it elsewhere. Rows are locked in
 * the order of their ids, so that two servers never wait for each other.
 */
const ADVANCE = `
  WITH wanted AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::bytea[], $5::text[], $6::bigint[])
      AS w (id, start, length, sha256, object_key, object_start)),
  locked AS MATERIALIZED (
    SELECT id FROM recording.upload WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE),
  moved AS (
    UPDATE recording.upload u SET offset_bytes = u.offset_bytes + w.length, last_append_at = now()
    FROM wanted w JOIN locked USING (id)
    WHERE u.id = w.id AND u.offset_bytes = w.start AND u.status = 'open' AND u.expires_at > now()
      AND u.offset_bytes + w.length <= coalesce(u.declared_length, u.max_bytes)
    RETURNING u.id)
  INSERT INTO recording.segment (upload_id, offset_bytes, length, sha256, object_key, object_start)
  SELECT id, start, length, sha256, object_key, object_start FROM wanted JOIN moved USING (id) RETURNING upload_id`;

interface Waiting {
  readonly id: string;
  readonly segment: StoredSegment;
  readonly outcome: PromiseWithResolvers<boolean>;
}

/**
 * Where the database decides about appends. While one commit waits for the disk, the appends of other uploads gather
 * and share the next.
 */
@Injectable()
export class SegmentCommits {
  private waiting: Waiting[] = [];
  private working = false;

  constructor(private readonly database: Database) {}

  /**
   * Acknowledges a segment whose bytes are stored.
   * @returns false when the upload is not at that offset, not open, or full; nothing happened then
   */
  commit(id: string, segment: StoredSegment): Promise<boolean> {
    const outcome = Promise.withResolvers<boolean>();
    this.waiting.push({ id, segment, outcome });
    if (!this.working) void this.work();
    return outcome.promise;
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let batch = this.takeBatch(); batch.length; batch = this.takeBatch()) {
      await this.advance(batch).then(
        (moved) => batch.forEach(({ id, outcome }) => outcome.resolve(moved.has(id))),
        (error) => batch.forEach(({ outcome }) => outcome.reject(error)),
      );
    }
    this.working = false;
  }

  /** At most one append of each upload: a second one at the same offset is a rival, and must find the row moved. */
  private takeBatch(): Waiting[] {
    const batch = new Map<string, Waiting>();
    const later: Waiting[] = [];
    for (const each of this.waiting) {
      if (batch.size < MOST_TOGETHER && !batch.has(each.id)) batch.set(each.id, each);
      else later.push(each);
    }
    this.waiting = later;
    return [...batch.values()];
  }

  private async advance(batch: readonly Waiting[]): Promise<ReadonlySet<string>> {
    const segments = batch.map(({ segment }) => segment);
    const { rows } = await this.database.pool.query<{ upload_id: string }>({
      name: 'segment-commits',
      text: ADVANCE,
      values: [
        batch.map(({ id }) => id),
        segments.map(({ offset }) => offset),
        segments.map(({ length }) => length),
        segments.map(({ sha256 }) => sha256),
        segments.map(({ place }) => place.key),
        segments.map(({ place }) => place.start),
      ],
    });
    return new Set(rows.map(({ upload_id }) => upload_id));
  }
}
