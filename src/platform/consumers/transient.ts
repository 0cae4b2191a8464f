import { isDatabaseAway } from '#platform/database/database-away.js';
import { EventStoreAway } from '#platform/event-store/event-store.js';
import { isDiskTrouble } from '#platform/files/disk-trouble.js';
import { QueueAway } from '#platform/jobs/queue-away.js';
import { ObjectAltered, ObjectStorageAway } from '#platform/object-storage/object-storage.js';

/** PostgreSQL's classes for "try again" beside those of one that is away: serialization and deadlock, operator intervention. */
const TRANSIENT_CLASSES = ['40', '57'];
/**
 * What a Redis answers that is full, not the primary, not up yet, or lets us in no more, and what is said of one that is
 * silent or went away.
 */
const REDIS_AWAY =
  /^(Ready check failed: )?(OOM|READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|MISCONF|NOREPLICAS|BUSY|WRONGPASS|NOAUTH|NOPERM) |max retries per request|^Connection is closed|^Command timed out|^Socket timeout/;

/** Whether the database ended a statement that had taken its whole time: less at once may go. */
export function tookTooLong(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014';
}

/** Whether the same work may well succeed later without anybody changing anything. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  if (isDatabaseAway(error) || error instanceof EventStoreAway || error instanceof ObjectStorageAway) return true;
  if (isDiskTrouble(error) || error instanceof QueueAway) return true;
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'string' && TRANSIENT_CLASSES.includes(code.slice(0, 2))) return true;
  return REDIS_AWAY.test(message);
}

/** Whether it may be passing, and may as well stay so: what was read in place of what was stored. */
export function isDoubtful(error: unknown): boolean {
  return error instanceof ObjectAltered;
}
