import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

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

/** @param max how many connections at the most. A lost idle connection is not an error: the next query opens a new one. */
export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types, keepAlive: true, connectionTimeoutMillis: 15_000 });
  pool.on('error', () => undefined);
  return pool;
}
