import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type BackendFactory, PostgresConnection, type PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq';
import pg from 'pg';
import { AnsweringClient } from '#platform/database/answer-deadline.js';
import { LINE, surviving } from '#platform/database/database.js';
import { keepHearing } from '#platform/database/keep-hearing.js';
import { withSessionSettings } from '#platform/database/connection-string.js';

/** The most that {@link JobConnections} opens: those for queries, and the one that listens. */
const FOR_QUERIES = 2;
export const JOB_CONNECTIONS = FOR_QUERIES + 1;

/** BullMQ's loop tries again at once after a refusal: without this pause it would take a core for itself. */
const REFUSED_FOR_MS = 500;

/**
 * All the connections that the queues of one process hold together, however many queues and workers there are: BullMQ
 * by itself keeps one listening for each worker, and managed servers allow twenty in all.
 */
export class JobConnections {
  readonly pool: pg.Pool;
  private readonly listener: SharedListener;

  constructor(connectionString: string) {
    const config = {
      connectionString: withSessionSettings(connectionString, ['search_path=bullmq']),
      ...LINE,
    };
    this.pool = surviving(new PatientPool({ ...config, max: FOR_QUERIES, Client: AnsweringClient }));
    this.listener = new SharedListener(config);
  }

  /** BullMQ's queues and workers on these connections. */
  readonly backend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options) =>
    new PostgresQueueBackend(new QueueConnection(this.pool, this.listener), name, options);

  async close(): Promise<void> {
    await Promise.all([this.listener.close(), this.pool.end()]);
  }
}

class PatientPool extends pg.Pool {
  override query(...args: unknown[]): never {
    const query = super.query.bind(this) as (...args: unknown[]) => Promise<unknown>;
    const asked = query(...args).catch(async (error) => {
      if (!this.ending) await wait(REFUSED_FOR_MS, undefined, { ref: false });
      throw error;
    });
    return asked as never;
  }
}

/** Several queues begin to listen at once, and a connection answers one question at a time. */
class PatientClient extends AnsweringClient {
  private turn: Promise<unknown> = Promise.resolve();

  override query(...args: unknown[]): never {
    const query = super.query.bind(this) as (...args: unknown[]) => Promise<unknown>;
    const asked = this.turn.catch(() => undefined).then(() => query(...args));
    this.turn = asked;
    return asked as never;
  }
}

/** What one queue or worker takes for its own connection. */
class QueueConnection extends PostgresConnection {
  private readonly renew = () => this.emit('listenerinvalidated');

  constructor(
    pool: pg.Pool,
    private readonly listener: SharedListener,
  ) {
    super(pool);
    listener.on('lost', this.renew);
  }

  /** The schema was made when the pool was opened. BullMQ would look again, and remember a refusal for ever. */
  override async waitUntilReady(): Promise<void> {}

  override getListenClient(): ReturnType<PostgresConnection['getListenClient']> {
    return this.listener.client();
  }

  /** The one that listens has no worker's name. */
  override async setListenClientName(): Promise<void> {}

  override async close(): Promise<void> {
    this.listener.off('lost', this.renew);
    await super.close();
  }
}

/** One connection on which everybody listens. `lost` says that it has gone; whoever asks then gets a new one. */
class SharedListener extends EventEmitter {
  private connecting: Promise<pg.Client> | null = null;
  private closed = false;

  constructor(private readonly config: pg.ClientConfig) {
    super();
    this.setMaxListeners(0);
  }

  async client(): Promise<pg.Client> {
    if (this.closed) throw new Error('The connection that listens for jobs is closed');
    this.connecting ??= this.connect();
    return this.connecting;
  }

  async close(): Promise<void> {
    this.closed = true;
    const client = await this.connecting?.catch(() => null);
    await client?.end();
  }

  private connect(): Promise<pg.Client> {
    const client = new PatientClient(this.config);
    client.setMaxListeners(0);
    const connecting = client.connect().then(() => (keepHearing(client), client));
    const lose = () => {
      if (this.connecting !== connecting) return; // both the failure and the end of one connection say so
      this.connecting = null;
      if (!this.closed) this.emit('lost');
    };
    client.on('error', lose).on('end', lose);
    connecting.catch(lose);
    return connecting;
  }
}
