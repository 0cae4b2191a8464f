import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { withSessionSettings } from './connection-string.js';

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
}

/** @param max how many connections at the most; each is set as {@link withSessionSettings} says */
export function openPool(connectionString: string, max: number): pg.Pool {
  const timeout = { connectionTimeoutMillis: 15_000 };
  const pool = new pg.Pool({
    connectionString: withSessionSettings(connectionString),
    max,
    types,
    keepAlive: true,
    ...timeout,
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
