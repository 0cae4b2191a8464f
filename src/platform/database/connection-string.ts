/** What everything here relies on, whatever the role or the database has for defaults. */
const NEEDS = ['default_transaction_isolation=read\\ committed', 'default_transaction_read_only=off', 'datestyle=ISO'];

/**
 * Ours are the time limits, in milliseconds: a default meant for people's queries would cut listeners off, and without
 * any the server waits for ever, with its locks, on behalf of a process that has fallen silent. What may take longer
 * says so itself ({@link takingLong}).
 */
const WISHES = {
  statement_timeout: 9_000,
  /** Shorter, so that whoever needs a locked table does not keep the connections of those who do not. */
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 8_000,
  idle_session_timeout: 0,
  tcp_user_timeout: 10_000,
};

/**
 * The operator's connection string with what we need of every connection. Where they set something themselves it
 * counts more than our wishes and less than our needs: the last word is taken.
 * @param needs more of them, as in `search_path=bullmq`
 */
export function withSessionSettings(connectionString: string, needs: readonly string[] = []): string {
  const url = new URL(connectionString);
  const flags = (settings: readonly string[]) => settings.map((setting) => `-c ${setting}`);
  const theirs = url.searchParams.get('options') ?? '';
  const wishes = Object.entries(WISHES).map(([name, value]) => `${name}=${value}`);
  url.searchParams.set('options', [...flags(wishes), theirs, ...flags([...NEEDS, ...needs])].filter(Boolean).join(' '));
  return url.href;
}
