import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, quantile, type Entries } from '../entry.js';
import { withDurablePostgres } from '../event-store/durable-postgres.js';
import { Conversation } from './customer.js';
import { ManyRecordings } from './many-recordings.js';
import { Product } from './product.js';

const SIZES = { '1k': 1000, '20k': 20_000, '200k': 200_000 };
type Size = keyof typeof SIZES;
const PAGES = 20;
const ROUNDS = 5;
const HITS = ['status=received', 'connector=zendesk', 'ticket=T-500'];
const NO_HITS = ['status=declined', 'status=expired', 'connector=jira', 'ticket=T-none', 'status=sent&connector=jira'];

/** What an agent waits for where a workspace has received a thousand recordings, and where it has received 200 times as many. */
export function lists(): Promise<Entries> {
  return withDurablePostgres(async (databaseUrl) => {
    const directory = await mkdtemp(join(tmpdir(), 'screendesk-bench-'));
    const env = { DATABASE_URL: databaseUrl, KEY_FILE: join(directory, 'keys.json'), ROLE: 'web' };
    const owners = await founded(env);
    const product = await Product.start(env);
    try {
      const measured = new Map<Size, Times>();
      for (const [size, owner] of owners)
        measured.set(size, await times(await Conversation.signIn(product.url, owner)));
      return entriesOf(measured);
    } finally {
      await product.stop();
      await rm(directory, { recursive: true, force: true });
    }
  });
}

type Times = Record<'page' | 'hits' | 'noHits' | 'search', number[]>;

async function founded(env: { DATABASE_URL: string; KEY_FILE: string }) {
  const log = new ManyRecordings(env.DATABASE_URL, env.KEY_FILE);
  const owners = new Map<Size, { email: string; password: string }>();
  for (const [size, count] of Object.entries(SIZES) as [Size, number][]) {
    owners.set(size, await Product.found(`of-${size}`, env));
    await log.write(await log.workspaceId(`of-${size}`), count);
  }
  await log.list();
  await log.close();
  return owners;
}

async function times(agent: Conversation): Promise<Times> {
  const found: Times = { page: [], hits: [], noHits: [], search: [] };
  await agent.list('recordings'); // warm
  for (let round = 0; round < ROUNDS; round++) {
    let cursor: string | null = null;
    for (let n = 0; n < PAGES; n++) {
      const page = await timed(found.page, () => agent.list('recordings', cursor ? `cursor=${cursor}` : ''));
      cursor = page.nextCursor;
    }
    for (const filter of HITS) await timed(found.hits, () => agent.list('recording-requests', filter));
    for (const filter of NO_HITS) await timed(found.noHits, () => agent.list('recording-requests', filter));
  }
  for (let round = 0; round < ROUNDS; round++) await timed(found.search, () => agent.list('recordings', 'q=nowhere'));
  return found;
}

async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  into.push(performance.now() - begun);
  return result;
}

function entriesOf(measured: ReadonlyMap<Size, Times>): Entries {
  const p95 = (size: Size, what: keyof Times) => quantile(measured.get(size)![what], 0.95);
  const grown = (what: keyof Times) => {
    const [value, reference] = [p95('200k', what), p95('1k', what)];
    return { value, unit: 'ms', reference, ratio: value / reference };
  };
  return {
    library_page_p95_ms: grown('page'),
    library_page_20k_p95_ms: alone(p95('20k', 'page'), 'ms'),
    requests_filter_p95_ms: grown('hits'),
    requests_filter_20k_p95_ms: alone(p95('20k', 'hits'), 'ms'),
    requests_filter_no_hit_p95_ms: grown('noHits'),
    requests_filter_no_hit_20k_p95_ms: alone(p95('20k', 'noHits'), 'ms'),
    library_search_p95_ms: grown('search'),
    library_search_20k_p95_ms: alone(p95('20k', 'search'), 'ms'),
  };
}
