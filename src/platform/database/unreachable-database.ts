import { PartAway, StartProblem } from '#platform/config/start-problem.js';

type Refused = { readonly code?: unknown; readonly message?: string };

const WHY: Readonly<Record<string, (url: URL) => string>> = {
  '28P01': ({ username }) => `refuses the password of "${decodeURIComponent(username)}"`,
  '28000': ({ username }) => `does not let "${decodeURIComponent(username)}" in from here (pg_hba.conf, or the role)`,
  '3D000': ({ pathname }) => `has no database "${decodeURIComponent(pathname.slice(1))}": make it, with createdb`,
  '42501': ({ pathname }) => `does not let this role into the database "${decodeURIComponent(pathname.slice(1))}"`,
  '57P03': () => 'is starting or stopping; try again in a moment',
  ECONNREFUSED: () => 'refuses the connection: nothing listens there, or not yet',
  ECONNRESET: () => 'breaks the connection off',
  EHOSTUNREACH: () => 'cannot be reached from here',
  ENETUNREACH: () => 'cannot be reached from here',
  ENOTFOUND: () => 'is on a host that nobody knows here',
  EAI_AGAIN: () => 'is on a host whose name cannot be looked up now',
  ETIMEDOUT: () => 'does not answer',
};

/** What waiting cannot help. */
const FOR_GOOD = /^(28|3D|42)/;

/** Why there is no connection to PostgreSQL, in words for the operator; null when the error is about something else. */
export function unreachableDatabase(error: unknown, connectionString: string): StartProblem | null {
  const { code, message = '' } = error as Refused;
  if (/unsupported startup parameter/.test(message)) return poolerBetween(connectionString, error);
  const known = typeof code === 'string' && Object.hasOwn(WHY, code) ? code : null;
  const found = known ?? (/timeout expired/.test(message) ? 'ETIMEDOUT' : null);
  const url = URL.parse(connectionString);
  if (!found || !url) return null;
  const where = addressOf(url);
  const Kind = FOR_GOOD.test(found) ? StartProblem : PartAway;
  return new Kind(`PostgreSQL at ${where} ${WHY[found]!(url)}. Look at DATABASE_URL.`, { cause: error });
}

/** PgBouncer and its like refuse or drop what a connection sets at its start, and may hand each statement to another. */
export function poolerBetween(connectionString: string, cause?: unknown): StartProblem {
  return new StartProblem(
    `At ${addressOf(new URL(connectionString))} a pooler such as PgBouncer answers, and does not pass on what each ` +
      'connection sets. Let DATABASE_URL lead to PostgreSQL itself.',
    { cause },
  );
}

const addressOf = ({ hostname, port }: URL): string => `${hostname || 'localhost'}:${port || 5432}`;
