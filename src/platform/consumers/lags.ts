import type { Database } from '#platform/database/database.js';
import type { EventStore } from '#platform/event-store/event-store.js';
import type { ConsumerTables, Status } from './consumer.js';

/** How far a reader of the log has come, for people who watch. */
export interface ConsumerLag {
  readonly name: string;
  readonly status: Status;
  /** Events between the checkpoint and the end of the log, as positions. */
  readonly behind: number;
  readonly parked: boolean;
}

export async function consumerLags(store: EventStore, database: Database): Promise<ConsumerLag[]> {
  const head = await store.head();
  const rows = await database
    .of<ConsumerTables>()
    .selectFrom('platform.consumer')
    .selectAll()
    .orderBy('name')
    .execute();
  return rows.map(({ name, status, position, parked_at }) => ({
    name,
    status,
    behind: Math.max(0, Number(head) - position),
    parked: parked_at !== null,
  }));
}
