import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.js';
import { LISTS_MOVED, type Consumer, type ConsumerTables, type ConsumerTransaction, type Status } from './consumer.js';

/** How long a worker may be silent before another takes over. */
const LEASE = sql<Date>`now() + interval '5 seconds'`;

/** Another worker took over (or the generation was retired): whatever was in hand must not be committed. */
export class LeaseLost extends Error {}

/** What a holder needs in order to continue: where to read from and the fence that proves it still holds. */
export interface Held {
  readonly position: bigint;
  readonly status: Status;
  readonly fence: number;
}

export interface Checkpoint {
  readonly position: bigint;
  readonly status: Status;
}

/** The right to apply one consumer's events, held by one worker of all processes. */
export class Lease {
  private readonly owner = randomUUID();

  constructor(
    private readonly database: Database,
    private readonly consumer: Consumer,
  ) {}

  /**
   * Takes the lease if it is free, expired or ours. Null: somebody else has it, or the consumer is parked or retired.
   * Whoever is committing at this moment has it; nobody waits for them with a connection in hand.
   */
  async acquire(): Promise<Held | null> {
    const row = await this.mine(
      this.db
        .updateTable('platform.consumer')
        .set((eb) => ({ owner: this.owner, lease_until: LEASE, fence: eb('fence', '+', 1) })),
    )
      .where('parked_at', 'is', null)
      .where('name', 'in', this.mine(this.db.selectFrom('platform.consumer').select('name')).forUpdate().skipLocked())
      .where((eb) => eb.or([eb('owner', '=', this.owner), eb('lease_until', '<', sql<Date>`now()`)]))
      .returning(['position', 'status', 'fence'])
      .executeTakeFirst();
    return row ? { ...row, position: BigInt(row.position) } : null;
  }

  /** @throws LeaseLost */
  async renew({ fence }: Pick<Held, 'fence'>): Promise<void> {
    const result = await this.mine(this.db.updateTable('platform.consumer').set({ lease_until: LEASE }))
      .where('fence', '=', fence)
      .executeTakeFirst();
    if (!result.numUpdatedRows) throw new LeaseLost();
  }

  /** Locks the checkpoint for this transaction and proves that the lease is still held. @throws LeaseLost */
  async lock(transaction: ConsumerTransaction, { fence }: Pick<Held, 'fence'>): Promise<Checkpoint> {
    const row = await transaction
      .selectFrom('platform.consumer')
      .select(['position', 'fence', 'status'])
      .where('name', '=', this.consumer.name)
      .where('generation', '=', this.consumer.generation)
      .forUpdate()
      .executeTakeFirst();
    if (row?.fence !== fence) throw new LeaseLost();
    return { position: BigInt(row.position), status: row.status };
  }

  async moveTo(transaction: ConsumerTransaction, position: bigint): Promise<void> {
    const { name, announced } = this.consumer;
    const moved = this.mine(
      transaction.updateTable('platform.consumer').set({ position: Number(position), lease_until: LEASE }),
    );
    const announcement = sql`pg_notify(${LISTS_MOVED}, ${`${name} ${position}`})`.as('announcement');
    await (announced ? moved.returning(announcement) : moved).execute();
  }

  async park(at: bigint, why: string): Promise<void> {
    await this.mine(
      this.db
        .updateTable('platform.consumer')
        .set({ parked_at: Number(at), parked_why: why, owner: null, lease_until: sql`'-infinity'` }),
    ).execute();
  }

  /** Lets another worker take over at once instead of after the lease has run out. */
  async release(): Promise<void> {
    await this.mine(this.db.updateTable('platform.consumer').set({ owner: null, lease_until: sql`'-infinity'` }))
      .where('owner', '=', this.owner)
      .execute();
  }

  private get db() {
    return this.database.of<ConsumerTables>();
  }

  private mine<Q extends { where(column: 'name' | 'generation', operator: '=', value: string | number): Q }>(
    query: Q,
  ): Q {
    return query.where('name', '=', this.consumer.name).where('generation', '=', this.consumer.generation);
  }
}
