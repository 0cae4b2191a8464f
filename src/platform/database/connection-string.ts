/** What everything here relies on, whatever the role or the database has for defaults. */
const NEEDS = ['default_transaction_isolation=read\\ committed', 'default_transaction_read_only=off', 'datestyle=ISO'];

/** Ours are the time limits; a default meant for people's queries would cut migrations and listeners off. */
const WISHES = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout'].map(
  (limit) => `${limit}=0`,
);

/**
 * The operator's connection string with what we need of every connection. Where they set something themselves it
 * counts more than our wishes and less than our needs: the last word is taken.
 * @param needs more of them, as in `search_path=bullmq`
 */
export function withSessionSettings(connectionString: string, needs: readonly string[] = []): string {
  const url = new URL(connectionString);
  const flags = (settings: readonly string[]) => settings.map((setting) => `-c ${setting}`);
  const theirs = url.searchParams.get('options') ?? '';
  url.searchParams.set('options', [...flags(WISHES), theirs, ...flags([...NEEDS, ...needs])].filter(Boolean).join(' '));
  return url.href;
}
