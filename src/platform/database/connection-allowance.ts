import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { StartProblem } from '#platform/config/start-problem.js';
import { AnsweringClient } from './answer-deadline.js';
import { withSessionSettings } from './connection-string.js';
import { poolerBetween, unreachableDatabase } from './unreachable-database.js';

/** A process that was just told to stop needs a moment until the server has let go of its connections. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 250;
const CONNECT_MS = 15_000;
const TOO_MANY_CONNECTIONS = '53300';
/** Means nothing to PostgreSQL; whether it arrives says whether what each connection sets does. */
const MARK = 'screendesk.settings';

/** One of the server's limits, and how many of it are taken by others than the one who asks. */
interface Limit {
  readonly what: string;
  readonly allowed: number;
  readonly used: number;
}

/**
 * Every limit that counts for whoever asks. Superusers may use what is reserved, and the limits of roles and databases
 * do not hold for them. A client's connection has both a user and a database; the server's own processes have not.
 */
const LIMITS = `
  WITH client AS (SELECT usesysid, datid FROM pg_stat_activity
    WHERE usesysid IS NOT NULL AND datid IS NOT NULL AND pid <> pg_backend_pid()
      AND coalesce(backend_type, 'client backend') = 'client backend'),
  me AS (SELECT oid, rolsuper, rolconnlimit FROM pg_roles WHERE rolname = session_user),
  here AS (SELECT oid, datconnlimit FROM pg_database WHERE datname = current_database())
  SELECT 'max_connections, less those reserved' AS what, (SELECT count(*) FROM client)::int AS used,
    current_setting('max_connections')::int - CASE WHEN rolsuper THEN 0 ELSE
      current_setting('superuser_reserved_connections')::int
      + coalesce(current_setting('reserved_connections', true)::int, 0) END AS allowed FROM me
  UNION ALL
  SELECT 'CONNECTION LIMIT of the role', (SELECT count(*) FROM client WHERE usesysid = me.oid)::int, rolconnlimit
    FROM me WHERE rolconnlimit >= 0 AND NOT rolsuper
  UNION ALL
  SELECT 'CONNECTION LIMIT of the database', (SELECT count(*) FROM client WHERE datid = here.oid)::int, datconnlimit
    FROM here, me WHERE datconnlimit >= 0 AND NOT rolsuper`;

/**
 * Makes sure, before anything is opened, that this process gets all the connections that it will open: one that got
 * some of them would accept uploads and never process them.
 * @param needed how many it opens at the most
 * @param pool how many of them DATABASE_POOL says
 * @param patienceMs how long it waits for others to let go of theirs
 * @throws StartProblem that says how many there are and how many it takes, or why there is no connection at all
 */
export async function requireConnections(
  connectionString: string,
  needed: number,
  pool: number,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  let short = await tightest(connectionString);
  for (const end = Date.now() + patienceMs; lacks(short, needed) && Date.now() < end;) {
    await wait(LOOK_EVERY_MS);
    short = await tightest(connectionString);
  }
  if (lacks(short, needed)) throw tooFew(short, needed, pool);
}

const free = ({ allowed, used }: Limit): number => allowed - used;
const lacks = (limit: Limit | null, needed: number): boolean => !limit || free(limit) < needed;

/** The limit that leaves the fewest; null when there is not even one connection left to ask with. */
async function tightest(connectionString: string): Promise<Limit | null> {
  const marked = withSessionSettings(connectionString, [`${MARK}=kept`]);
  const client: pg.Client = new AnsweringClient({ connectionString: marked, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined); // the query on it says so
  try {
    await client.connect();
    const kept = await client.query(`SELECT current_setting('${MARK}', true) AS mark`);
    if (kept.rows[0].mark !== 'kept') throw poolerBetween(connectionString);
    const { rows } = await client.query<Limit>(LIMITS);
    return rows.reduce((a, b) => (free(b) < free(a) ? b : a));
  } catch (error) {
    if ((error as { code?: string }).code === TOO_MANY_CONNECTIONS) return null;
    throw unreachableDatabase(error, connectionString) ?? error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const SMALLEST_POOL = 5;

function tooFew(limit: Limit | null, needed: number, pool: number): StartProblem {
  const found = limit
    ? `allows ${Math.max(0, free(limit))} more connections (${limit.what}: ${limit.allowed}, of which ${limit.used} are in use)`
    : 'allows no more connections';
  const smaller = pool - (needed - (limit ? free(limit) : 0));
  const pooled = smaller >= SMALLEST_POOL ? ` or set DATABASE_POOL to ${smaller},` : '';
  return new StartProblem(
    `PostgreSQL ${found}, and this process needs ${needed}. Allow more there,${pooled} or end what else uses it.`,
  );
}
