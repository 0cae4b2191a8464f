import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { ANSWER_WITHIN_MS, AnsweringClient } from './answer-deadline.js';
import { holdingOneOf, WatchedPool } from './check-outs.js';
import { withSessionSettings } from './connection-string.js';
import { allowingLong } from './long-work.js';

/** 64-bit columns hold sizes, counters and positions, all far below 2^53, so they are read as numbers. Per pool: other libraries keep theirs. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * A typed query builder over the process's connection pool. Each context declares its own tables and asks for
 * `database.of<Tables>()`.
 */
export class Database {
  private readonly kysely: Kysely<unknown>;

  constructor(readonly pool: pg.Pool) {
    this.kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });
  }

  of<Tables>(): Kysely<Tables> {
    return this.kysely as Kysely<Tables>;
  }

  /** Does something in one transaction. It holds a connection: `work` asks on `rows`, and nothing through the pool. */
  transaction<Tables, T>(work: (rows: Transaction<Tables>) => Promise<T>): Promise<T> {
    // eslint-disable-next-line no-restricted-syntax -- this is where it is watched
    const begun = this.of<Tables>().transaction();
    return begun.execute((rows) => holdingOneOf(this.pool, () => work(rows)));
  }

  /** The same for what may take a minute, or waits for others that do. */
  longTransaction<Tables, T>(work: (rows: Transaction<Tables>) => Promise<T>): Promise<T> {
    return allowingLong((allow) =>
      this.transaction<Tables, T>(async (rows) => {
        await allow(rows);
        return work(rows);
      }),
    );
  }
}

/** A line on which nothing passes while nothing is asked is noticed by the system itself. */
export const LINE = {
  connectionTimeoutMillis: ANSWER_WITHIN_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: ANSWER_WITHIN_MS,
};

/** @param max how many connections at the most; each is set as {@link withSessionSettings} says */
export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new WatchedPool({
    connectionString: withSessionSettings(connectionString),
    max,
    types,
    Client: AnsweringClient,
    ...LINE,
  });
  return surviving(pool);
}

/**
 * A connection that breaks fails the query on it, and the next query opens a new one. The event beside it, which
 * would end the process if nobody listened, says nothing more: neither of an idle connection nor of one in use.
 */
export function surviving(pool: pg.Pool): pg.Pool {
  pool.setMaxListeners(0); // every job queue listens on its pool
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
