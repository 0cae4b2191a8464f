/** One setting: how its text is read, what it is when absent, and what it is for (docs/configuration.md is made from this). */
export interface Setting<T> {
  readonly fallback: string;
  readonly about: string;
  /** @throws Error whose message continues the sentence "NAME …" */
  readonly parse: (text: string) => T;
}

function setting<T>(fallback: string, about: string, parse: (text: string) => T): Setting<T> {
  return { fallback, about, parse };
}

const text = (value: string): string => value;

const whole = (low: number, high: number) => (value: string) => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < low || number > high)
    throw new Error(`must be a whole number from ${low} to ${high}`);
  return number;
};

const oneOf =
  <T extends string>(...allowed: readonly T[]) =>
  (value: string): T => {
    if (!allowed.includes(value as T)) throw new Error(`must be one of: ${allowed.join(', ')}`);
    return value as T;
  };

const url =
  (...protocols: readonly string[]) =>
  (value: string): string => {
    if (value && !protocols.includes(URL.parse(value)?.protocol ?? ''))
      throw new Error(`must be an address beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return value;
  };

const HOST = String.raw`[A-Za-z0-9._-]+(:\d{1,5})?`;
const EVENT_STORE_ADDRESS = new RegExp(`^(esdb|kurrentdb)(\\+discover)?://([^@/?]+@)?${HOST}(,${HOST})*/?(\\?.*)?$`);

/** One server's address or a whole cluster's, which is no URL. KurrentDB's own name for it is the same to the client. */
function eventStoreAddress(value: string): string {
  if (value && !EVENT_STORE_ADDRESS.test(value))
    throw new Error('must be an address like esdb://host:2113?tls=true or, of a cluster, esdb://a:2113,b:2113,c:2113');
  return value.replace(/^kurrentdb/, 'esdb').replace(/\/(\?|$)/, '$1');
}

function streamPrefix(value: string): string {
  if (!/^[a-z0-9_]{1,40}$/.test(value)) throw new Error('must be 1 to 40 of a-z, 0-9 and _');
  return value;
}

/** Every setting there is. Add one here and nowhere else. */
export const SETTINGS = {
  PORT: setting('3000', 'TCP port of the web tier', whole(0, 65535)),
  HOST: setting('127.0.0.1', 'Address to listen on; 0.0.0.0 behind a reverse proxy on another machine', text),
  PUBLIC_URL: setting(
    '',
    'The address people open; https unless it is localhost. Default: http://localhost:PORT',
    url('http:', 'https:'),
  ),
  TRUST_PROXY: setting('0', 'How many reverse proxies in front may set X-Forwarded-For', whole(0, 10)),
  ROLE: setting('all', 'Which tiers this process runs', oneOf('all', 'web', 'worker')),
  DATA_DIR: setting('./data', 'Where the embedded database and the disk object storage live', text),
  KEY_FILE: setting(
    '',
    'Key-encryption keys, mode 0600. Default: DATA_DIR with .keys.json added, beside the data',
    text,
  ),
  DATABASE_URL: setting('', 'PostgreSQL 15 or newer; empty starts the embedded one', url('postgres:', 'postgresql:')),
  DATABASE_POOL: setting(
    '10',
    'Most database connections of one process for queries; it opens up to four more',
    whole(5, 500),
  ),
  EVENT_STORE: setting('postgres', 'Where events live', oneOf('postgres', 'eventstoredb')),
  EVENTSTORE_URL: setting(
    '',
    'EventStoreDB 23.10 or newer, or KurrentDB, when EVENT_STORE says so; of a cluster all addresses: esdb://a,b,c',
    eventStoreAddress,
  ),
  EVENTSTORE_PREFIX: setting(
    'screendesk',
    'How the streams of this cell begin there; counts at its first start. Cells that share a server need one each',
    streamPrefix,
  ),
  REDIS_URL: setting(
    '',
    'Redis for jobs and rate limits; empty keeps jobs in PostgreSQL and counts rates per process',
    url('redis:', 'rediss:'),
  ),
  S3_BUCKET: setting('', 'Bucket for recordings; empty keeps them on disk in DATA_DIR', text),
  S3_ENDPOINT: setting('', 'S3-compatible endpoint; empty means AWS', url('http:', 'https:')),
  S3_REGION: setting('us-east-1', 'Region of the bucket', text),
  S3_FORCE_PATH_STYLE: setting(
    'false',
    'Whether the bucket goes into the path, as most S3-compatible servers need',
    oneOf('true', 'false'),
  ),
  FFMPEG: setting('auto', 'auto finds ffmpeg on PATH; off uses the built-in processor; or a path', text),
  MP4_COPIES: setting('on', 'Whether ffmpeg also makes an MP4 of each recording for download', oneOf('on', 'off')),
  MAX_RECORDING_MINUTES: setting('120', 'Longest recording', whole(1, 1440)),
  MAX_RECORDING_MEGABYTES: setting(
    '4096',
    'Largest recording. The uploads that lie open under one link share three times as much',
    whole(1, 102400),
  ),
  WORKSPACE_GIGABYTES: setting(
    '0',
    'Once the recordings of a workspace take this, with what uploads declared and still bring, no other begins, and customers are told before they record. Uploads of unknown length, and those that for ABANDONED_AFTER_MINUTES brought nothing, or on the whole less than 25 kB a second, count what they hold, so that those under way may take more. 0 is no limit',
    whole(0, 1_000_000),
  ),
  FREE_DISK_MEGABYTES: setting(
    '1024',
    'Without an S3 bucket: no recording begins while less than this, and room for it, is free in DATA_DIR, or in DATA_DIR/objects where that is another disk',
    whole(0, 1_000_000_000),
  ),
  ABANDONED_AFTER_MINUTES: setting(
    '15',
    'Silence after which a customer counts as gone. Then a workspace that wants so receives what they did not send; otherwise it waits for them, unseen, and is erased after seven days',
    whole(1, 1440),
  ),
  WIDGET_FRAME_ANCESTORS: setting('', 'Origins that may embed /widget, separated by spaces', text),
  METRICS_TOKEN: setting('', 'Bearer token for /metrics from elsewhere than this machine', text),
  LOG_LEVEL: setting('info', 'How much is logged', oneOf('debug', 'info', 'warn', 'error', 'silent')),
} as const;

export type SettingName = keyof typeof SETTINGS;
