import type { Pool, PoolClient } from 'pg';
import { keepHearing } from '#platform/database/keep-hearing.js';
import { retryDelay } from './connection-loss.js';
import { Signal } from './signal.js';

/** Longest silence after which the listener looks whether it was closed; its wake-ups do not depend on it. */
const IDLE_MS = 60_000;

/**
 * Hears of newly sequenced events by LISTEN, on one connection of the pool that it keeps. A lost connection is replaced,
 * and whatever was said in between is made good by raising the signal once.
 */
export class LogListener {
  private readonly interrupted = new Signal();
  private readonly signals = this.interrupted.listen();
  private readonly done: Promise<void>;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly news: Signal,
  ) {
    this.done = this.run();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.interrupted.raise();
    await this.done;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.closed) {
      const client = await this.pool.connect().catch(() => undefined);
      const heard = client ? await this.listen(client) : false;
      failures = heard ? 0 : failures + 1;
      if (!this.closed) await this.signals.wait(retryDelay(failures));
    }
  }

  /** Listens until the connection breaks or this is closed. Answers whether listening had begun. */
  private async listen(client: PoolClient): Promise<boolean> {
    let broken = false;
    const onBreak = () => {
      broken = true;
      this.interrupted.raise();
    };
    client.on('error', onBreak).on('end', onBreak);
    client.on('notification', () => this.news.raise());
    try {
      await client.query('LISTEN es_log');
      this.news.raise();
      keepHearing(client);
      while (!broken && !this.closed) await this.signals.wait(IDLE_MS);
      return true;
    } catch {
      return false;
    } finally {
      client.removeAllListeners('notification');
      client.release(true);
    }
  }
}
