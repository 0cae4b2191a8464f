import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { IdentityQueries } from '#modules/identity/contract.js';
import { Database } from '#platform/database/database.js';
import { startOfPeriod } from '../domain/retention.js';
import { RECORDING_LIST, type RecordingRow } from '../projections/recording-list.js';
import { REQUEST_LIST, type RequestRow } from '../projections/request-list.js';

interface Tables {
  [RECORDING_LIST]: RecordingRow;
  [REQUEST_LIST]: RequestRow;
}

interface Past {
  /** What it is a batch's place by. */
  readonly id: string;
  readonly workspaceId: string;
}

export interface PastRecording extends Past {
  readonly requestId: string;
}

export interface PastRequest extends Past {
  /** What ended before this moment is kept no longer. Rows may be late, so the stream has to agree. */
  readonly before: Date;
}

const BATCH = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What is kept no longer, batch by batch, however much it is. */
@Injectable()
export class PastRetention {
  constructor(
    private readonly database: Database,
    private readonly identity: IdentityQueries,
  ) {}

  /** Recordings that were deleted, and of which nobody has said yet that they are gone. */
  async *deleting(): AsyncGenerator<PastRecording> {
    yield* paged((last) => this.recordingsAfter(last).where('status', '=', 'deleting').execute());
  }

  /** Recordings whose date has come. */
  async *dated(at: Date): AsyncGenerator<PastRecording> {
    yield* paged((last) => this.kept(last).where('deletes_at', '<=', at).execute());
  }

  /** Workspaces that have something whose end goes by their own present period. */
  async workspaces(): Promise<string[]> {
    const ids = await this.unanswered()
      .select('workspace_id')
      .union(this.db.selectFrom(RECORDING_LIST).where('deletes_at', 'is', null).select('workspace_id'))
      .execute();
    return ids.map(({ workspace_id }) => workspace_id);
  }

  /** Recordings without a date, since they were sent before dates were fixed: they go by when they were received. */
  async *undated(workspaceId: string, before: Date): AsyncGenerator<PastRecording> {
    const kept = (last: string) => this.kept(last).where('workspace_id', '=', workspaceId);
    yield* paged((last) => kept(last).where('deletes_at', 'is', null).where('received_at', '<=', before).execute());
  }

  /** Requests that ended unanswered as long ago as a recording would have been kept. */
  async *requests(workspaceId: string, before: Date): AsyncGenerator<PastRequest> {
    const past = this.unanswered().where('workspace_id', '=', workspaceId).where(ENDED_AT, '<=', before);
    const columns = past.select(['id', 'workspace_id as workspaceId']).orderBy('id').limit(BATCH);
    for await (const row of paged((last) => columns.where('id', '>', last).execute())) yield { ...row, before };
  }

  /** What a workspace received, or saw end, before this is past its period at a moment. */
  async startOfPeriod(workspaceId: string, at: Date): Promise<Date> {
    return startOfPeriod(at, (await this.identity.workspace(workspaceId)).retentionDays);
  }

  private kept(last: string) {
    return this.recordingsAfter(last).where('status', '<>', 'deleting');
  }

  private recordingsAfter(last: string) {
    return this.db
      .selectFrom(RECORDING_LIST)
      .select(['id', 'request_id as requestId', 'workspace_id as workspaceId'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH);
  }

  private unanswered() {
    return this.db
      .selectFrom(REQUEST_LIST)
      .where('erased', '=', false)
      .where('status', 'not in', ['received', 'recording']);
  }

  private get db() {
    return this.database.of<Tables>();
  }
}

/** A declined one may still be answered until its link has run out. */
const ENDED_AT = sql<Date>`CASE WHEN status = 'cancelled' THEN changed_at ELSE greatest(changed_at, expires_at) END`;

/** By id, so that a batch whose rows have not gone yet is not read again. */
async function* paged<T extends { id: string }>(page: (last: string) => Promise<T[]>): AsyncGenerator<T> {
  for (let last = FIRST; ;) {
    const rows = await page(last);
    yield* rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.id;
  }
}
