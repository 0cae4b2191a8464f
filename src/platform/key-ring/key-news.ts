import type { Socket } from 'node:net';
import type pg from 'pg';
import { AnsweringClient } from '#platform/database/answer-deadline.js';
import { keepHearing } from '#platform/database/keep-hearing.js';

/** How long after a lost connection the next one is tried; until then nothing is cached. */
const RETRY_MS = 500;

/** How many each {@link KeyNews} opens beside the pool. */
export const KEY_NEWS_CONNECTIONS = 1;

export const ERASED_CHANNEL = 'keys_erased';
export const ROTATED_CHANNEL = 'keys_rotated';

/** How the connection is called, with the digest of the keys that its process reads: a rotation waits for all of them. */
export const READERS = 'screendesk keys ';
const UNREADABLE = 'unreadable';

/** Who wants to know. */
export interface KeyNewsReader {
  erased(subject: string): void;
  lost(): void;
  /** Looks anew at the key-encryption keys. @returns the digest of their stages */
  read(): Promise<string>;
}

/**
 * Hears of erasures and rotations in other processes, on a database connection of its own. As long as
 * {@link listening} says true, every erasure reaches `erased`; when the connection is lost, `lost` is called and
 * {@link listening} says false until a later call has connected again. Keeps neither the process nor the pool alive.
 */
export class KeyNews {
  private connection: Promise<pg.Client | null> | null = null;
  private closed = false;
  private retryAt = 0;
  private saying = Promise.resolve();

  constructor(
    private readonly pool: pg.Pool,
    private readonly reader: KeyNewsReader,
  ) {}

  /** Connects if need be. */
  async listening(): Promise<boolean> {
    if (this.closed || performance.now() < this.retryAt) return false;
    this.connection ??= this.connect();
    return (await this.connection) !== null;
  }

  async close(): Promise<void> {
    this.closed = true;
    const client = await this.connection;
    this.connection = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client | null> {
    const client = new AnsweringClient({ ...this.pool.options, password: this.pool.options.password });
    const lose = once(() => this.lose());
    client.on('error', lose).on('end', lose);
    client.on('notification', ({ channel, payload }) => {
      if (channel === ERASED_CHANNEL) this.reader.erased(payload ?? '');
      else void this.sayWhatIsRead(client);
    });
    try {
      await client.connect();
      (client as unknown as { connection: { stream: Socket } }).connection.stream.unref();
      await client.query(`LISTEN ${ERASED_CHANNEL}; LISTEN ${ROTATED_CHANNEL}`);
      await this.sayWhatIsRead(client);
      keepHearing(client);
      return client;
    } catch {
      lose();
      await client.end().catch(() => undefined);
      return null;
    }
  }

  /** One after the other, so that the last one said is the last one read. */
  private sayWhatIsRead(client: pg.Client): Promise<void> {
    this.saying = this.saying.then(async () => {
      const digest = await this.reader.read().catch(() => UNREADABLE);
      await client.query(`SELECT set_config('application_name', $1, false)`, [READERS + digest]).catch(() => undefined);
    });
    return this.saying;
  }

  private lose(): void {
    this.connection = null;
    this.retryAt = performance.now() + RETRY_MS;
    this.reader.lost();
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
