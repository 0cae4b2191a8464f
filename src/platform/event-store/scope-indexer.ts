import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { holdingOneOf } from '#platform/database/check-outs.js';
import { isConnectionLoss, retryDelay } from './connection-loss.js';
import type { EventStore, LogPage } from './event-store.js';
import { leafHash } from './leaf.js';
import { scopeKey, scopeOf } from './log-scope.js';
import { Signal } from './signal.js';

const PAGE_SIZE = 1_000;

export interface ScopeIndexerOptions {
  /** Pause at the end of the log, in which further events come together, in milliseconds. */
  readonly gatherMs: number;
  /** How often to look whether whoever writes the index has gone, in milliseconds. */
  readonly lookEveryMs: number;
  /** Told of every failure that is not a lost connection: nothing new is indexed while it lasts. */
  readonly onTrouble: (error: unknown) => void;
}

const OPTIONS: ScopeIndexerOptions = {
  gatherMs: 100,
  lookEveryMs: 3_000,
  onTrouble: (error) => process.emitWarning(`The scopes' logs stand still: ${String(error)}`),
};

/**
 * Numbers the events of each scope in the order of the log: 0, 1, 2, … (`es.scope_index`). The log's order is fixed, so
 * the numbers are the same whoever writes them, and again after a rebuild. One writer of all processes holds the lease;
 * its checkpoint commits with its rows and under the lease's lock, so one that was replaced writes nothing.
 */
export class ScopeIndexer {
  private readonly owner = randomUUID();
  private readonly options: ScopeIndexerOptions;
  private readonly interrupted = new Signal();
  private readonly signals = this.interrupted.listen();
  private readonly done: Promise<void>;
  private closed = false;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly pool: Pool,
    options: Partial<ScopeIndexerOptions> = {},
  ) {
    this.options = { ...OPTIONS, ...options };
    this.done = this.run();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.interrupted.raise();
    await this.done;
    await this.pool.query(`UPDATE es.scope_reader SET lease_until = '-infinity' WHERE owner = $1`, [this.owner]).catch(
      () => undefined, // then it runs out
    );
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.closed;) {
      try {
        const position = await this.takeLease();
        if (position !== null) await this.follow(position);
        failures = 0;
      } catch (error) {
        failures++;
        if (!isConnectionLoss(error)) this.options.onTrouble(error);
      }
      if (!this.closed) await this.signals.wait(failures ? retryDelay(failures) : this.options.lookEveryMs);
    }
  }

  /** Where to go on; null while somebody else does, or writes at this moment. */
  private async takeLease(): Promise<bigint | null> {
    const { rows } = await this.pool.query<{ position: string }>(
      `UPDATE es.scope_reader SET owner = $1, lease_until = now() + interval '10 seconds'
        WHERE (owner = $1 OR lease_until < now()) AND one IN (SELECT one FROM es.scope_reader FOR UPDATE SKIP LOCKED)
        RETURNING position`,
      [this.owner],
    );
    return rows[0] ? BigInt(rows[0].position) : null;
  }

  /** Resolves when this is closed or was replaced. @throws what stopped it */
  private async follow(position: bigint): Promise<void> {
    const stopped: unknown[] = [];
    const onStopped = (error?: unknown) => void (stopped.push(error), this.interrupted.raise());
    const onPage = (page: LogPage) => this.write(page);
    const subscription = this.store.subscribe(position, { onPage, onStopped }, { pageSize: PAGE_SIZE });
    try {
      while (!this.closed && stopped.length === 0) {
        await this.signals.wait(this.options.lookEveryMs);
        if (!this.closed && stopped.length === 0 && !(await this.stillLeads())) return;
      }
    } finally {
      await subscription.close();
    }
    if (stopped[0] && !(stopped[0] instanceof Replaced)) throw stopped[0];
  }

  /** What is being written renews the lease, or does not, when it has fallen silent: it must not be renewed beside it. */
  private async stillLeads(): Promise<boolean> {
    if (this.writing) return true;
    return (await this.takeLease()) !== null || this.writing !== undefined;
  }

  private async write(page: LogPage): Promise<void> {
    this.writing = this.commit(page).finally(() => (this.writing = undefined));
    await this.writing;
    if (page.atEnd && !this.closed) await new Promise((resolve) => setTimeout(resolve, this.options.gatherMs));
  }

  private async commit(page: LogPage): Promise<void> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      await client.query('BEGIN');
      await holdingOneOf(this.pool, () => this.writeRows(client, page));
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async writeRows(client: PoolClient, page: LogPage): Promise<void> {
    const { rows } = await client.query<{ position: string }>(
      'SELECT position FROM es.scope_reader WHERE owner = $1 FOR UPDATE',
      [this.owner],
    );
    if (!rows[0]) throw new Replaced();
    const position = BigInt(rows[0].position);
    const events = page.events.filter((event) => event.position > position);
    if (events.length > 0)
      await client.query({
        name: 'es.index_scopes',
        text: INDEX,
        values: [
          events.map(({ meta }) => scopeKey(scopeOf(meta))),
          events.map((event) => String(event.position)),
          events.map(leafHash),
        ],
      });
    if (page.next > position)
      await client.query(`UPDATE es.scope_reader SET position = $1, lease_until = now() + interval '10 seconds'`, [
        String(page.next),
      ]);
  }
}

/** Another took over. */
class Replaced extends Error {}

const INDEX = `WITH given AS (
    SELECT *, row_number() OVER (PARTITION BY scope ORDER BY position) - 1 AS nth
      FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS e(scope, position, leaf)
  ), size AS (
    SELECT s.scope, coalesce((SELECT max(i.index) + 1 FROM es.scope_index i WHERE i.scope = s.scope), 0) AS before
      FROM (SELECT DISTINCT scope FROM given) s
  )
  INSERT INTO es.scope_index (scope, index, position, leaf)
  SELECT scope, before + nth, position, leaf FROM given JOIN size USING (scope)`;
