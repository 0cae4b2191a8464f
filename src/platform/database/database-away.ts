/**
 * SQLSTATE: connection exceptions, resources that ran out (connections among them), a server that stops, stopped or
 * starts, or ended what took too long or waited for somebody's lock. And what nobody who asks can help: it lets our
 * role in no more, the database is gone, or it is a standby (each of our connections is set to write).
 */
const AWAY = /^(08\w{3}|28\w{3}|3D000|53\w{3}|57P0[1-5]|57014|55P03|25P0[34]|25006)$/;
/** What Node says of the line. */
const LINE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** What the driver and its pool say without any code. */
const DRIVER =
  /^(connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed and is not queryable|database "[^"]*" is not currently accepting connections|cannot use a pool after calling end)/i;

interface Said {
  readonly code?: unknown;
  readonly message?: unknown;
  /** Where each address of a name was tried. */
  readonly errors?: unknown;
}

/** Whether PostgreSQL could not be asked at all, or was cut off while it was: nobody's fault who asked, and passing. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as Said;
  if (Array.isArray(errors) && errors.length) return errors.every(isDatabaseAway);
  if (typeof code === 'string' && (AWAY.test(code) || LINE.test(code))) return true;
  return typeof message === 'string' && DRIVER.test(message);
}
