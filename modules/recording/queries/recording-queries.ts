import { Injectable } from '@nestjs/common';
import { sql, type SelectQueryBuilder } from 'kysely';
import { Database } from '#platform/database/database.js';
import { cursorOf, readCursor, type Page } from '#platform/http/cursor.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { preloadKeys } from '#platform/streams/personal-data.js';
import { RECORDING_LIST, type RecordingRow } from '../projections/recording-list.js';
import { REQUEST_LIST, type RequestRow } from '../projections/request-list.js';
import { matches, recordingView, type JoinedRow, type RecordingView } from './recording-view.js';

export interface RecordingFilter {
  /** Words that the customer's name, note, ticket or message must contain. */
  readonly q?: string;
  readonly status?: RecordingView['status'];
  readonly ticket?: string;
  readonly connector?: string;
  readonly watched?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  readonly cursor?: string;
  readonly limit: number;
}

interface Tables {
  [RECORDING_LIST]: RecordingRow;
  [REQUEST_LIST]: RequestRow;
  'recording.progress': { recording_id: string; fraction: number };
}

/** Words are stored sealed, so a search opens rows batch by batch; it gives up its page after this many, and says where to go on. */
const SEARCH_BATCH = 200;
const SEARCH_AT_MOST = 5000;

@Injectable()
export class RecordingQueries {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** Newest first. With a search, a page may be shorter than asked and still have a next one. */
  async list(workspaceId: string, filter: RecordingFilter): Promise<Page<RecordingView>> {
    const items: RecordingView[] = [];
    let position = filter.cursor ? readCursor(filter.cursor, ['time', 'uuid']) : null;
    const batch = filter.q ? SEARCH_BATCH : filter.limit + 1;
    for (let scanned = 0; scanned < SEARCH_AT_MOST; scanned += batch) {
      const rows = await this.filtered(workspaceId, filter, position).limit(batch).execute();
      await preloadKeys(
        this.keys,
        rows.flatMap(({ words, note }) => [words, note]),
      );
      for (const row of rows) {
        if (items.length === filter.limit) return { items, nextCursor: cursorOf(position!) };
        const view = await recordingView(this.keys, row);
        if (matches(view, filter.q)) items.push(view);
        position = [row.received_at.toISOString(), row.id];
      }
      if (rows.length < batch) return { items, nextCursor: null };
    }
    return { items, nextCursor: position && cursorOf(position) };
  }

  /** Null when this workspace has no such recording, or it is gone. */
  async find(workspaceId: string, id: string): Promise<RecordingView | null> {
    const row = await this.joined(workspaceId).where('recording.id', '=', id).executeTakeFirst();
    return row ? recordingView(this.keys, row) : null;
  }

  private filtered(workspaceId: string, filter: RecordingFilter, position: readonly (string | number)[] | null) {
    let query = this.joined(workspaceId).where('recording.status', '!=', 'deleting');
    query = query.orderBy('recording.received_at', 'desc').orderBy('recording.id', 'desc');
    if (filter.ticket) query = query.where('request.ticket_reference', '=', filter.ticket);
    if (filter.connector) query = query.where('request.ticket_connector', '=', filter.connector);
    if (filter.watched !== undefined)
      query = query.where('recording.watched_at', filter.watched ? 'is not' : 'is', null);
    if (filter.from) query = query.where('recording.received_at', '>=', filter.from);
    if (filter.to) query = query.where('recording.received_at', '<', filter.to);
    if (filter.status) query = query.where(isStored(filter.status));
    if (position)
      query = query.where(
        sql<boolean>`(recording.received_at, recording.id) < (${position[0]}::timestamptz, ${position[1]}::uuid)`,
      );
    return query;
  }

  private joined(workspaceId: string): SelectQueryBuilder<any, any, JoinedRow> {
    return this.database
      .of<Tables>()
      .selectFrom(`${RECORDING_LIST} as recording`)
      .innerJoin(`${REQUEST_LIST} as request`, 'request.id', 'recording.request_id')
      .leftJoin('recording.progress as progress', 'progress.recording_id', 'recording.id')
      .selectAll('recording')
      .select(['request.words', 'request.ticket_connector', 'request.ticket_reference', 'request.agent_id'])
      .select('progress.fraction as progress')
      .select(CURRENT_STATUS.as('status'))
      .select(IS_FILE.as('is_file'))
      .where('recording.workspace_id', '=', workspaceId)
      .where('request.workspace_id', '=', workspaceId); // the same, and what its indexes begin with
  }
}

/** A finished file, from a phone or a program. Its list may leave out what lies in it, which only preparing it finds out. */
const IS_FILE = sql<boolean>`EXISTS (SELECT 1 FROM recording.upload
  WHERE upload.recording_id = recording.id AND upload.source = 'file')`;

const CURRENT_STATUS = sql<
  RecordingView['status']
>`CASE WHEN recording.status = 'received' AND progress.fraction IS NOT NULL THEN 'processing' ELSE recording.status END`;

/** What {@link CURRENT_STATUS} says, so that the index by stored status serves it. */
function isStored(status: RecordingView['status']) {
  if (status === 'processing') return sql<boolean>`recording.status = 'received' AND progress.fraction IS NOT NULL`;
  if (status === 'received') return sql<boolean>`recording.status = 'received' AND progress.fraction IS NULL`;
  return sql<boolean>`recording.status = ${status}`;
}
