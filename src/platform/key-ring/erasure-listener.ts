import type { Socket } from 'node:net';
import pg from 'pg';

/** How long after a lost connection the next one is tried; until then nothing is cached. */
const RETRY_MS = 500;

/** How many each {@link ErasureListener} opens beside the pool. */
export const ERASURE_CONNECTIONS = 1;

export const ERASED_CHANNEL = 'keys_erased';

/**
 * Hears of erasures in other processes, on a database connection of its own. As long as {@link listening} says true,
 * every erasure reaches `erased`; when the connection is lost, `lost` is called and {@link listening} says false until
 * a later call has connected again. Keeps neither the process nor the pool alive.
 */
export class ErasureListener {
  private connection: Promise<pg.Client | null> | null = null;
  private closed = false;
  private retryAt = 0;

  constructor(
    private readonly pool: pg.Pool,
    private readonly on: { readonly erased: (subject: string) => void; readonly lost: () => void },
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
    const client = new pg.Client({ ...this.pool.options, password: this.pool.options.password, keepAlive: true });
    const lose = once(() => this.lose());
    client.on('error', lose).on('end', lose);
    client.on('notification', ({ payload }) => this.on.erased(payload ?? ''));
    try {
      await client.connect();
      (client as unknown as { connection: { stream: Socket } }).connection.stream.unref();
      await client.query(`LISTEN ${ERASED_CHANNEL}`);
      return client;
    } catch {
      lose();
      await client.end().catch(() => undefined);
      return null;
    }
  }

  private lose(): void {
    this.connection = null;
    this.retryAt = performance.now() + RETRY_MS;
    this.on.lost();
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
