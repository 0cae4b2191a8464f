import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { metadataOf } from '#kernel/event.js';
import { PartAway, StartProblem } from '#platform/config/start-problem.js';
import { EventStore, EventStoreAway, WrongExpectedVersion } from './event-store.js';

/** The stream whose first event says which cell the log is of. */
const STREAM = 'cell-identity';

/** What the database says of its cell. */
interface KnownCell {
  readonly id: string;
  readonly inLog: boolean;
}

/**
 * The prefix of this cell's streams in EventStoreDB: what it was when the log was first written. A cell from before
 * there were prefixes goes on without one.
 */
export async function streamPrefixOf(pool: Pool, configured: string): Promise<string> {
  const { rows } = await pool.query<{ prefix: string | null; old: boolean }>(
    `SELECT (SELECT stream_prefix FROM es.cell WHERE in_log) AS prefix,
            NOT EXISTS (SELECT FROM es.cell) AND EXISTS (SELECT FROM platform.consumer WHERE position >= 0) AS old`,
  );
  return rows[0]!.prefix ?? (rows[0]!.old ? '' : configured);
}

/**
 * Makes sure that the log and the database are of one cell, and that the log is not older than what was read of it.
 * A new cell gets its id here, as does one from before there were ids; processes that start at once agree on it.
 * @param where the log is, for whoever has to look there
 * @throws StartProblem
 */
export async function identifyLog(store: EventStore, pool: Pool, where: string, streamPrefix = ''): Promise<void> {
  await store.head().catch((error: unknown) => {
    const Kind = error instanceof EventStoreAway ? PartAway : StartProblem;
    throw new Kind(`The log in ${where} cannot be read: ${String(error)}`, { cause: error });
  });
  const { inLog, known } = await compareLog(store, pool, where);
  if (inLog === null) await found(store, pool, where, streamPrefix);
  if (!known?.inLog) await pool.query('UPDATE es.cell SET in_log = true WHERE NOT in_log');
}

/** @throws StartProblem when the log is another cell's than the database, or ends before what was read of it */
export async function compareLog(store: EventStore, pool: Pool, where: string) {
  // First the log: what it says was in the database's row before.
  const before = await cellOf(store);
  const known = await cellIn(pool);
  // Where another process founded the cell between the two, the log says so now.
  const inLog = before ?? (known?.inLog ? await cellOf(store) : null);
  if (inLog === null && known?.inLog) throw new LogIsMissing(where, known.id);
  if (inLog !== null && known?.id !== inLog) throw new ForeignLog(where, inLog, known?.id);
  await refuseOlderLog(store, pool, where);
  return { inLog, known };
}

/**
 * Refuses to found a cell where the streams of one from before there were prefixes lie: its database is missing, and
 * they would never be seen again.
 * @throws StartProblem
 */
export async function refuseLogBeforePrefixes(
  store: { holdsUnprefixed(): Promise<boolean> },
  pool: Pool,
  where: string,
): Promise<void> {
  const isNew = !(await cellIn(pool));
  if (isNew && (await store.holdsUnprefixed())) throw new LogWithoutDatabase(where);
}

/** The row first: a log that has an id beside a database that has none is then never our own. */
async function found(store: EventStore, pool: Pool, where: string, streamPrefix: string): Promise<void> {
  const sql = `INSERT INTO es.cell (id, stream_prefix) VALUES ($1, $2)
    ON CONFLICT (one) DO UPDATE SET stream_prefix = $2 WHERE NOT es.cell.in_log`;
  await pool.query(sql, [randomUUID(), streamPrefix]);
  const { id } = (await cellIn(pool))!;
  await store.append(STREAM, 'no_stream', [foundingOf(id)]).catch((error: unknown) => {
    if (!(error instanceof WrongExpectedVersion)) throw error; // else another process was quicker
  });
  const said = await cellOf(store);
  if (said !== id) throw new ForeignLog(where, said ?? 'unknown', id);
}

function foundingOf(cellId: string) {
  const actor = { kind: 'system', id: 'cell' } as const;
  const meta = metadataOf({ actor, scope: { kind: 'system' }, correlationId: cellId, causationId: cellId });
  return {
    eventId: randomUUID(),
    type: 'CellFounded',
    schemaVersion: 1,
    at: new Date(),
    data: { cellId },
    meta,
    sealed: [],
  };
}

async function cellOf(store: EventStore): Promise<string | null> {
  const [first] = await store.readStream(STREAM);
  return first ? String(first.data.cellId) : null;
}

async function cellIn(pool: Pool): Promise<KnownCell | undefined> {
  const { rows } = await pool.query<KnownCell>('SELECT id, in_log AS "inLog" FROM es.cell');
  return rows[0];
}

async function refuseOlderLog(store: EventStore, pool: Pool, where: string): Promise<void> {
  const { rows } = await pool.query<{ name: string; position: string }>(
    `SELECT name, position FROM (SELECT name, position FROM platform.consumer
        UNION ALL SELECT 'the index of scopes', position FROM es.scope_reader) reader
      WHERE position >= 0 ORDER BY position DESC LIMIT 1`,
  );
  const [farthest] = rows;
  if (!farthest) return;
  const head = await store.head();
  if (BigInt(farthest.position) > head) throw new OlderLog(where, head, farthest);
}

class ForeignLog extends StartProblem {
  constructor(where: string, inLog: string, known: string | undefined) {
    const database = known ? `cell ${known}` : 'no cell yet: it is new, or another one';
    super(
      `The log in ${where} is that of cell ${inLog}, but the database is that of ${database}. ` +
        'Set DATABASE_URL and EVENTSTORE_URL to the same cell, or restore its database. ' +
        'A new cell on a server that others use needs an EVENTSTORE_PREFIX of its own.',
    );
  }
}

class LogIsMissing extends StartProblem {
  constructor(where: string, known: string) {
    super(
      `The database is that of cell ${known}, but its log is not in ${where}. ` +
        'Set EVENT_STORE, EVENTSTORE_URL and DATABASE_URL to where the log is, or restore it.',
    );
  }
}

class LogWithoutDatabase extends StartProblem {
  constructor(where: string) {
    super(
      `The log in ${where} holds events from before streams had a prefix, but the database is new. ` +
        'Set DATABASE_URL to the database that belongs to them, or restore it. ' +
        'If they are those of another installation, give this one an EVENTSTORE_PREFIX of its own.',
    );
  }
}

class OlderLog extends StartProblem {
  constructor(where: string, head: bigint, { name, position }: { name: string; position: string }) {
    const end = head < 0n ? 'is empty' : `ends at position ${head}`;
    super(
      `The log in ${where} ${end}, but ${name} of this database has read it up to position ${position}: ` +
        'it is another log, or was restored to an earlier day. ' +
        "Restore both to the same moment, or the database to an earlier moment than the log's.",
    );
  }
}
