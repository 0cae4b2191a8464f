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
const FIRST_LOOK_MS = 5;
const LOOK_AT_LEAST_EVERY_MS = 100;

@Injectable()
export class Progress {
  /** One look at all checkpoints serves everybody who waits at that moment. */
  private look?: Promise<ReadonlyMap<string, number>>;

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
    for (let pause = FIRST_LOOK_MS; Date.now() < deadline; pause = Math.min(pause * 1.5, LOOK_AT_LEAST_EVERY_MS)) {
      position ??= await this.store.positionOf(stream, version);
      if (position !== null && ((await this.checkpoints()).get(projection) ?? -1) >= position) return;
      await wait(pause);
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

  private checkpoints(): Promise<ReadonlyMap<string, number>> {
    this.look ??= this.read().finally(() => (this.look = undefined));
    return this.look;
  }

  private async read(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.db
      .selectFrom('platform.consumer')
      .select(['name', 'position'])
      .where('status', '=', 'serving')
      .execute();
    return new Map(rows.map(({ name, position }) => [name, position]));
  }

  private get db() {
    return this.database.of<ConsumerTables>();
  }
}
