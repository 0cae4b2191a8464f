import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { keepHearing } from './keep-hearing.js';

/** Who is told what is said on a channel. */
export interface Hearing {
  heard(payload: string): void;
  /** Listening has begun, or begun again: what was said before is not said again. */
  listening(): void;
}

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;

/** Hears what PostgreSQL announces on a channel, on one connection of the pool that it keeps and replaces when it breaks. */
export class ChannelListener {
  private readonly closing = new AbortController();
  private readonly done: Promise<void>;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
    private readonly hearing: Hearing,
    private readonly askEveryMs?: number,
  ) {
    this.done = this.run();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    for (let retry = FIRST_RETRY_MS; !signal.aborted;) {
      const client = await this.pool.connect().catch(() => undefined);
      const listened = client ? await this.listen(client) : false;
      retry = listened ? FIRST_RETRY_MS : Math.min(2 * retry, LONGEST_RETRY_MS);
      await wait(retry, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection breaks or this is closed. Answers whether listening had begun. */
  private async listen(client: PoolClient): Promise<boolean> {
    const { signal } = this.closing;
    const ended = Promise.withResolvers<void>();
    const end = () => ended.resolve();
    client.on('error', end).on('end', end);
    client.on('notification', ({ payload }) => this.hearing.heard(payload ?? ''));
    signal.addEventListener('abort', end, { once: true });
    try {
      await client.query(`LISTEN ${this.channel}`);
      if (signal.aborted) return true;
      this.hearing.listening();
      keepHearing(client, this.askEveryMs);
      await ended.promise;
      return true;
    } catch {
      return false;
    } finally {
      signal.removeEventListener('abort', end);
      client.removeAllListeners('notification');
      client.release(true);
    }
  }
}
