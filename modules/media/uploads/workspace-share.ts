import { type Kysely, sql, type Transaction } from 'kysely';
import type { Config } from '#platform/config/config.js';
import { LEAST_ROOM } from '../contract.js';
import type { UploadTables } from './upload-tables.js';

const GIGABYTE = 1_000_000_000;
/** What comes slower than on the slowest lines that uploads are made for is no reason to keep others from theirs. */
const SLOWEST_BYTES_PER_SECOND = 25_000;

/**
 * Bytes. Adds up what is stored, and what was declared and still comes: an upload that has taken nothing for as long as
 * an abandoned one, or less since then than a slow line brings, holds no more than its bytes, whoever says that they are
 * there.
 */
export async function leftOfShare(db: Kysely<UploadTables>, config: Config, workspaceId: string): Promise<number> {
  const { WORKSPACE_GIGABYTES, ABANDONED_AFTER_MINUTES } = config.values;
  if (!WORKSPACE_GIGABYTES) return Infinity;
  const quiet = sql`now() - make_interval(mins => ${ABANDONED_AFTER_MINUTES})`;
  const { used } = await db
    .selectFrom('recording.upload')
    .select(
      sql<number>`coalesce(sum(CASE
        WHEN status = 'open' AND progressed_at > ${quiet}
          AND offset_bytes >= ${SLOWEST_BYTES_PER_SECOND}::int * extract(epoch FROM ${quiet} - created_at)
        THEN greatest(offset_bytes, declared_length) ELSE offset_bytes END), 0)::float8`.as('used'),
    )
    .where('workspace_id', '=', workspaceId)
    .where('status', '<>', 'discarded')
    .executeTakeFirstOrThrow();
  return WORKSPACE_GIGABYTES * GIGABYTE - used;
}

/**
 * Whether there still is room, now that this one has the turn: until the transaction is over, nobody else of the
 * workspace takes any. What joins what is under way may always have a little.
 */
export async function hasRoomInTurn(
  db: Transaction<UploadTables>,
  config: Config,
  { workspaceId, joins, bytes }: { readonly workspaceId: string; readonly joins: boolean; readonly bytes: number },
): Promise<boolean> {
  if (!config.values.WORKSPACE_GIGABYTES) return true;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${workspaceId}, 6))`.execute(db);
  const left = await leftOfShare(db, config, workspaceId);
  return (joins ? Math.max(left, LEAST_ROOM) : left) >= Math.max(bytes, LEAST_ROOM);
}
