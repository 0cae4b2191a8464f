import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { readAfterToken } from '#platform/streams/streams.js';
import type { ConsumerTables, Status } from './consumer.js';

/** How far each consumer has come, for people who wait and people who watch. */
export interface ConsumerLag {
  readonly name: string;
  readonly status: Status;
  /** Events between the checkpoint and the end of the log, as positions. */
  readonly behind: number;
  readonly parked: boolean;
}

const PATIENCE_MS = 2000;
const LOOK_EVERY_MS = 10;

@Injectable()
export class Progress {
  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
  ) {}

  /**
   * Resolves once the projection has seen the change an after-token names, at the latest after two seconds: then the
   * reader gets what there is. @throws Refusal `AFTER_INVALID`
   */
  async waitFor(projection: string, token: string | undefined): Promise<void> {
    if (!token) return;
    const { stream, version } = readAfterToken(token);
    const deadline = Date.now() + PATIENCE_MS;
    let position: bigint | null = null;
    while (Date.now() < deadline) {
      position ??= await this.store.positionOf(stream, version);
      if (position !== null && (await this.positionOf(projection)) >= position) return;
      await wait(LOOK_EVERY_MS);
    }
  }

  async lags(): Promise<ConsumerLag[]> {
    const head = await this.store.head();
    const rows = await this.db.selectFrom('platform.consumer').selectAll().orderBy('name').execute();
    return rows.map(({ name, status, position, parked_at }) => ({
      name,
      status,
      behind: Math.max(0, Number(head) - position),
      parked: parked_at !== null,
    }));
  }

  private async positionOf(name: string): Promise<bigint> {
    const row = await this.db
      .selectFrom('platform.consumer')
      .select('position')
      .where('name', '=', name)
      .where('status', '=', 'serving')
      .executeTakeFirst();
    return BigInt(row?.position ?? -1);
  }

  private get db() {
    return this.database.of<ConsumerTables>();
  }
}
