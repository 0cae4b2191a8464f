/** How the web tier faces the world. The composition fills it from configuration; it is its own injection token. */
export abstract class HttpSettings {
  /** The one address browsers use; its origin is the only one whose pages may act with a session. */
  abstract readonly publicUrl: URL;
  /** How many reverse proxies in front write X-Forwarded-For; with 0 the header is ignored. */
  abstract readonly trustedProxyHops: number;
  /** Origins that may frame `/widget` besides our own. Every other page can be framed by nobody. */
  abstract readonly widgetFrameAncestors: readonly string[];
  /** The built front end (`frontend/build`), or null to serve none. */
  abstract readonly frontEndDirectory: string | null;
  /** Lets a scraper read /metrics from elsewhere than this machine, as a bearer token. */
  abstract readonly metricsToken: string | null;
  /** How many API calls one client address may make per minute. */
  abstract readonly apiCallsPerMinute: number;
  /** The largest JSON body in bytes. */
  abstract readonly maxJsonBytes: number;
  /** How long the body of an API call may take to arrive, in milliseconds. Uploads keep time by themselves. */
  abstract readonly bodyTimeoutMs: number;
  /** How long whoever is being answered may read nothing, in milliseconds. */
  abstract readonly answerIdleMs: number;
}

/** What holds unless configured otherwise. */
export const defaultHttpSettings = {
  trustedProxyHops: 0,
  widgetFrameAncestors: [],
  frontEndDirectory: null,
  metricsToken: null,
  apiCallsPerMinute: 6_000,
  maxJsonBytes: 262_144,
  bodyTimeoutMs: 60_000,
  answerIdleMs: 60_000,
} as const satisfies Partial<HttpSettings>;
