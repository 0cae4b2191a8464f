import { sql, type Generated, type Kysely } from 'kysely';
import type { Database } from '#platform/database/database.js';
import type { JobData } from './job.js';

/** A job that was asked for. */
export interface AskedJob {
  /** Also the queue's own id for it. No colon, as the queue wants it. */
  readonly id: string;
  readonly queue: string;
  readonly data: JobData;
  readonly delayMs?: number;
}

export interface LedgerTables {
  'platform.job': {
    id: string;
    queue: string;
    data: JobData;
    asked_at: Generated<Date>;
    due_at: Date;
    looked_at: Date | null;
    done_at: Date | null;
    failed_at: Date | null;
    failed_why: string | null;
    failed_for_ever: Generated<boolean>;
  };
}

/** How a job ended without success. */
export interface JobFailure {
  /** As `failureReason` gives it: never what an error said. */
  readonly why: string;
  /** Whether it can never be done, whatever anybody changes. */
  readonly forEver: boolean;
}

/** A job that should have ended this long ago is looked for. */
export const OVERDUE_AFTER_MS = 15_000;
/** How long a job that ended is remembered, so that an event which is read again does not have it done again. */
const REMEMBERED = sql<Date>`now() - interval '1 day'`;

/** Which jobs were asked for and what became of them, in the database: a queue may lose everything. */
export class JobLedger {
  private readonly db: Kysely<LedgerTables>;

  constructor(database: Database) {
    this.db = database.of<LedgerTables>();
  }

  /** Writes down what is asked for. @returns those that are not done yet, also when they were asked for before */
  async ask(jobs: readonly AskedJob[]): Promise<AskedJob[]> {
    if (!jobs.length) return [];
    const rows = jobs.map(({ id, queue, data, delayMs = 0 }) => ({
      ...{ id, queue, data: JSON.stringify(data) as never },
      due_at: sql<Date>`now() + make_interval(secs => ${delayMs / 1000})`,
    }));
    await this.db
      .insertInto('platform.job')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const ids = jobs.map(({ id }) => id);
    const open = await this.open().select('id').where('id', 'in', ids).execute();
    return jobs.filter(({ id }) => open.some((row) => row.id === id));
  }

  async done(id: string): Promise<void> {
    const row = this.db.updateTable('platform.job').where('id', '=', id);
    await row.set({ done_at: sql`now()`, failed_at: null, failed_why: null }).execute();
  }

  /** It ended without success, and nobody tries again by themselves. */
  async failed(id: string, { why, forEver }: JobFailure): Promise<void> {
    const row = this.db.updateTable('platform.job').where('id', '=', id).where('done_at', 'is', null);
    await row.set({ failed_at: sql`now()`, failed_why: why, failed_for_ever: forEver }).execute();
  }

  /**
   * Jobs that should have ended by now, for whoever makes sure that their queue has them. Each is handed out once in
   * two minutes, to one caller.
   */
  async overdue(limit: number): Promise<AskedJob[]> {
    const { rows } = await sql<AskedJob>`UPDATE platform.job SET looked_at = now() WHERE id IN (
        SELECT id FROM platform.job WHERE done_at IS NULL AND failed_at IS NULL
           AND due_at <= now() - make_interval(secs => ${OVERDUE_AFTER_MS / 1000})
           AND (looked_at IS NULL OR looked_at < now() - interval '2 minutes')
         ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING id, queue, data`.execute(this.db);
    return rows;
  }

  /** Of which queues jobs have failed that may yet be done. */
  async failedQueues(): Promise<string[]> {
    const failed = this.db.selectFrom('platform.job').select('queue').distinct().where('failed_at', 'is not', null);
    return (await failed.where('failed_for_ever', '=', false).orderBy('queue').execute()).map(({ queue }) => queue);
  }

  /** Has failed jobs done once more: those of a queue that may yet be done, or the one with this id. @returns how many */
  async rerun(queueOrId: string): Promise<number> {
    const { numUpdatedRows } = await this.db
      .updateTable('platform.job')
      .set({
        failed_at: null,
        failed_why: null,
        failed_for_ever: false,
        looked_at: null,
        due_at: sql`now() - interval '1 minute'`,
      })
      .where('failed_at', 'is not', null)
      .where((eb) =>
        eb.or([eb('id', '=', queueOrId), eb.and([eb('queue', '=', queueOrId), eb('failed_for_ever', '=', false)])]),
      )
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  async forgetOld(): Promise<void> {
    await this.db.deleteFrom('platform.job').where('done_at', '<', REMEMBERED).execute();
  }

  async forgetQueue(queue: string): Promise<void> {
    await this.db.deleteFrom('platform.job').where('queue', '=', queue).execute();
  }

  private open() {
    return this.db.selectFrom('platform.job').where('done_at', 'is', null).where('failed_at', 'is', null);
  }
}
