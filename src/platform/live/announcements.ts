import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Subject } from 'rxjs';
import { LISTS_MOVED, type ConsumerTables } from '#platform/consumers/consumer.js';
import { waitingAtMost } from '#platform/database/answer-deadline.js';
import { ChannelListener } from '#platform/database/channel-listener.js';
import { Database } from '#platform/database/database.js';

/** Everybody who waits for a list waits for it. */
const LOOK_MS = 2_000;

/** A list was committed up to a position of the log. */
export interface ListMoved {
  readonly name: string;
  readonly position: bigint;
}

/**
 * Hears how far each list has come, from the transaction that wrote its rows: one listener in each process, however many
 * wait. What was said while the line was broken is read once it is back.
 */
@Injectable()
export class Announcements implements OnModuleInit, OnApplicationShutdown {
  private readonly heard = new Map<string, bigint>();
  private readonly whole = new Set<string>();
  private readonly subject = new Subject<ListMoved>();
  private listener?: ChannelListener;
  private look?: Promise<void>;

  /** Each is later than the one before of the same list. */
  readonly moved = this.subject.asObservable();

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    this.listener = new ChannelListener(this.database.pool, LISTS_MOVED, {
      heard: (payload) => this.hear(payload),
      listening: () => void this.refresh().catch(() => undefined), // the next look asks again
    });
    await this.refresh();
  }

  async onApplicationShutdown(): Promise<void> {
    this.subject.complete();
    await this.listener?.close();
  }

  /** How far a list is known to have come; -1n when nothing is known of it. */
  positionOf(name: string): bigint {
    return this.heard.get(name) ?? -1n;
  }

  /** Whether a list is known to have caught up with the log since its version came; then it stays so. */
  isWhole(name: string): boolean {
    return this.whole.has(name);
  }

  /** Reads how far all lists are; one look serves everybody who asks at that moment. */
  refresh(): Promise<void> {
    this.look ??= waitingAtMost(LOOK_MS, () => this.read()).finally(() => (this.look = undefined));
    return this.look;
  }

  private hear(payload: string): void {
    const [name, position] = payload.split(' ');
    this.tell({ name: name!, position: BigInt(position!) });
  }

  private async read(): Promise<void> {
    const rows = await this.database
      .of<ConsumerTables>()
      .selectFrom('platform.consumer')
      .select(['name', 'position', 'status'])
      .where('generation', '=', 1)
      .execute();
    for (const { name, position, status } of rows) {
      if (status === 'serving') this.whole.add(name);
      this.tell({ name, position: BigInt(position) });
    }
  }

  private tell(move: ListMoved): void {
    if (move.position <= this.positionOf(move.name)) return;
    this.heard.set(move.name, move.position);
    this.subject.next(move);
  }
}
