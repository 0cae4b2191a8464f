/** PostgreSQL's classes for "try again": connection, serialization and deadlock, resources, operator intervention. */
const TRANSIENT_CLASSES = ['08', '40', '53', '57'];
const TRANSIENT_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOSPC'];
/** What a Redis answers that is full, not the primary or not up yet, and what is said of one that went away. */
const REDIS_AWAY =
  /^(OOM|READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|MISCONF|NOREPLICAS|BUSY) |max retries per request|^Connection is closed/;

/** Whether the same work may well succeed later without anybody changing anything. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (typeof code === 'string' && (TRANSIENT_CODES.includes(code) || TRANSIENT_CLASSES.includes(code.slice(0, 2))))
    return true;
  if (REDIS_AWAY.test(message)) return true;
  return /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i.test(
    message,
  );
}
