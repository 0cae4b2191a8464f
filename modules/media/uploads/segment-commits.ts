import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { Gathering } from '#platform/database/gathering.js';
import type { StoredSegment } from './upload.js';

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
    UPDATE recording.upload u
    SET offset_bytes = u.offset_bytes + w.length, last_append_at = now(), progressed_at = now()
    FROM wanted w JOIN locked USING (id)
    WHERE u.id = w.id AND u.offset_bytes = w.start AND u.status = 'open' AND u.expires_at > now()
      AND u.offset_bytes + w.length <= coalesce(u.declared_length, u.max_bytes)
    RETURNING u.id)
  INSERT INTO recording.segment (upload_id, offset_bytes, length, sha256, object_key, object_start)
  SELECT id, start, length, sha256, object_key, object_start FROM wanted JOIN moved USING (id) RETURNING upload_id`;

interface Commit {
  readonly id: string;
  readonly segment: StoredSegment;
}

/** Where the database decides about appends. Those of many uploads share a commit, so that the disk is asked once. */
@Injectable()
export class SegmentCommits {
  /** At most one append of each upload together: a second one at the same offset is a rival, and must find the row moved. */
  private readonly gathering = new Gathering<Commit, boolean>(
    (commits) => this.advance(commits),
    ({ id }) => id,
  );

  constructor(private readonly database: Database) {}

  /**
   * Acknowledges a segment whose bytes are stored.
   * @returns false when the upload is not at that offset, not open, or full; nothing happened then
   */
  commit(id: string, segment: StoredSegment): Promise<boolean> {
    return this.gathering.call({ id, segment });
  }

  private async advance(commits: readonly Commit[]): Promise<boolean[]> {
    const ids = commits.map(({ id }) => id);
    const segments = commits.map(({ segment }) => segment);
    const { rows } = await this.database.pool.query<{ upload_id: string }>({
      name: 'segment-commits',
      text: ADVANCE,
      values: [
        ids,
        segments.map(({ offset }) => offset),
        segments.map(({ length }) => length),
        segments.map(({ sha256 }) => sha256),
        segments.map(({ place }) => place.key),
        segments.map(({ place }) => place.start),
      ],
    });
    const moved = new Set(rows.map(({ upload_id }) => upload_id));
    return ids.map((id) => moved.has(id));
  }
}
