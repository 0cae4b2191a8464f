import type { Pool } from 'pg';
import type { EventStore, RecordedEvent } from './event-store.js';
import { scopeKey, type LogScope } from './log-scope.js';

/** An event in its scope's own log. */
export interface ScopedEvent {
  /** Gapless from 0, in the order of the cell's log. */
  readonly index: number;
  /** As {@link leafHash} made it when the event was indexed. */
  readonly leaf: Buffer;
  readonly event: RecordedEvent;
}

/** The log of one scope, as far as it has been indexed (see ScopeIndexer): what audit proves and shows of a workspace. */
export class ScopedLog {
  constructor(
    private readonly store: EventStore,
    private readonly pool: Pool,
  ) {}

  /** How many events the scope has. */
  async size(scope: LogScope): Promise<number> {
    const { rows } = await this.pool.query<{ size: string }>({
      name: 'es.scope_size',
      text: 'SELECT coalesce((SELECT max(index) + 1 FROM es.scope_index WHERE scope = $1), 0) AS size',
      values: [scopeKey(scope)],
    });
    return Number(rows[0]!.size);
  }

  /** The events from index `from` up to but without `to`, in order. */
  async read(scope: LogScope, from: number, to: number): Promise<ScopedEvent[]> {
    const { rows } = await this.pool.query<{ index: string; position: string; leaf: Buffer }>({
      name: 'es.scope_read',
      text: 'SELECT index, position, leaf FROM es.scope_index WHERE scope = $1 AND index >= $2 AND index < $3 ORDER BY index',
      values: [scopeKey(scope), from, to],
    });
    const events = await this.store.readAt(rows.map(({ position }) => BigInt(position)));
    if (events.length !== rows.length) throw new Error(`The log has lost events of ${scopeKey(scope)}`);
    return rows.map(({ index, leaf }, n) => ({ index: Number(index), leaf, event: events[n]! }));
  }
}
