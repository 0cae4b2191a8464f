/** The only fields that a log line may have. What is not named here never reaches a log, whoever passes it. */
const ALLOWED = new Set([
  ...['address', 'attempt', 'behind', 'bytes', 'code', 'component', 'consumer', 'correlationId', 'count', 'delayMs'],
  ...[
    'durationMs',
    'event',
    'eventType',
    'handler',
    'id',
    'jobId',
    'kind',
    'method',
    'name',
    'pid',
    'port',
    'position',
  ],
  ...[
    'processor',
    'projection',
    'queue',
    'reason',
    'recordingId',
    'requestId',
    'route',
    'status',
    'stream',
    'uploadId',
  ],
  ...['version', 'workspaceId'],
]);

/** Each begins and goes on at few places only: what a stranger wrote may be long, and is looked through in time. */
const SECRETS: readonly [RegExp, string][] = [
  [/(?<![^\s"'<>()=,;:])@*[^\s"'<>()=,;:@]+@[^\s"'<>()=,;:]+\.[^\s"'<>()=,;:]+/g, '[e-mail]'],
  [/\b(sdk|cap)_[\w.~+/=-]+/g, '$1_[secret]'],
  [/\/r\/[0-9a-z]+/gi, '/r/[code]'],
  [/(:\/\/[^\s:/@]{1,500}:)[^\s@]{1,500}@/g, '$1[secret]@'],
  [/\?[^\s"'?]*=[^\s"']*/g, '?[query]'],
];

/** What every pattern above needs somewhere; most lines have none of it. */
const SUSPECT = /[@?]|sdk_|cap_|\/r\//i;

/** Takes out what looks personal or secret from words that others wrote, such as a library's error message. */
export function scrub(words: string): string {
  if (!SUSPECT.test(words)) return words;
  return SECRETS.reduce((clean, [pattern, label]) => clean.replace(pattern, label), words);
}

/** The fields of an object that may be logged, one level deep: ids, numbers, names of things. */
export function allowedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const allowed = Object.entries(fields).filter(([name, value]) => ALLOWED.has(name) && isPlain(value));
  return Object.fromEntries(allowed.map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]));
}

/** What drivers say without naming the part that they mean. */
const PARTS: readonly [RegExp, string][] = [
  [
    /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error)/,
    'PostgreSQL',
  ],
  [/^(Command timed out|Socket timeout|Connection is closed|Reached the max retries per request)/, 'Redis'],
  [/^(Ready check failed: )?(OOM|READONLY|LOADING|MASTERDOWN|MISCONF|NOREPLICAS|WRONGPASS|NOAUTH|NOPERM) /, 'Redis'],
];

function withPart(message: string): string {
  const part = PARTS.find(([words]) => words.test(message))?.[1];
  return part ? `${part}: ${message}` : message;
}

/** An error as it may be logged: type, message, stack and code; never the fields a library hung on it (rows, requests). */
export function loggableError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: scrub(withPart(error.message)),
    stack: scrub(error.stack ?? ''),
    ...(typeof code === 'string' && { code }),
    ...(error.cause !== undefined && depth < 4 && { cause: loggableError(error.cause, depth + 1) }),
  };
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
