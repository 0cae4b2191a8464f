import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { acceptsWrites } from '#platform/database/accepts-writes.js';
import { withSessionSettings } from '#platform/database/connection-string.js';
import { requireConnections } from '#platform/database/connection-allowance.js';
import { openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { postgresQueues } from '#platform/jobs/job-queues.js';
import { JOB_CONNECTIONS, JobConnections } from '#platform/jobs/postgres-connections.js';
import { connectionsOf, openCell } from '../../src/cell.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { pgbouncerInstalled, startPgbouncer } from '../support/pgbouncer.js';
import { WholeApp } from '../support/whole-app.js';

const NEEDED = connectionsOf(readConfig({}));
const POOL = readConfig({}).values.DATABASE_POOL;

let directory: string;
let database: FreshDatabase;
let role: string;
/** The database, as its owner sees it, who is no superuser. */
let url: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-connections-'));
  await chmod(directory, 0o755);
  database = await freshDatabase();
  role = `r_${randomBytes(6).toString('hex')}`;
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
  const name = new URL(database.url).pathname.slice(1);
  await sql(`ALTER DATABASE ${name} OWNER TO ${role}; GRANT ${role} TO CURRENT_USER`);
  // What the template brought belongs to the one who made it.
  await sql(`DO $$ DECLARE made text; BEGIN
      FOR made IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public)' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', made);
      END LOOP;
    END $$; DROP TABLE public.migration; GRANT ALL ON SCHEMA public TO ${role}`);
  url = database.url.replace(/\/\/[^@]+@/, `//${role}:p@`);
});

afterEach(async () => {
  await database.drop();
  const admin = openPool(process.env.TEST_DATABASE_URL!, 1);
  await admin.query(`DROP ROLE ${role}`);
  await admin.end();
  await rm(directory, { recursive: true, force: true });
});

const sql = (text: string) => database.pool.query(text);
const open = (settings: Record<string, string>) =>
  openCell(readConfig({ DATABASE_URL: url, DATA_DIR: join(directory, 'data'), ...settings }));
const usedByRole = async () =>
  (await database.pool.query<{ n: number }>('SELECT count(*) AS n FROM pg_stat_activity WHERE usename = $1', [role]))
    .rows[0]!.n;

const refusal = (settings: Record<string, string> = {}) =>
  sentenceOf(open(settings).then((cell) => cell.close().then(() => Promise.reject(new Error('opened')))));
/** Once somebody listens there. */
async function refusalOf(at: string): Promise<string> {
  const said = await lack(at);
  expect(said).not.toContain('nothing listens there');
  return said;
}
/** As it is said, without waiting for long. */
const lack = (at = url) => sentenceOf(requireConnections(at, NEEDED, POOL, 300));

async function sentenceOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.catch((e: Error) => e);
  expect(error).toBeInstanceOf(StartProblem);
  return (error as Error).message;
}

it('needs far fewer than the twenty that managed servers allow', () => {
  expect(NEEDED).toBeLessThanOrEqual(14);
});

(pgbouncerInstalled() ? it : it.skip).each([
  ['refuses', []],
  ['drops', ['ignore_startup_parameters=options']],
])('says what to do where a pooler %s what each connection sets', async (_how, settings) => {
  const pooler = await startPgbouncer(url, settings);
  try {
    expect(await eventually(() => refusalOf(pooler.url))).toMatch(/a pooler such as PgBouncer answers/);
  } finally {
    await pooler.stop();
  }
});

it('works, web and worker in one process, with exactly as many as it says, and none to spare', async () => {
  await sql(`ALTER ROLE ${role} CONNECTION LIMIT ${NEEDED}`);
  const app = await WholeApp.start({ DATABASE_URL: url });
  let most = 0;
  const { admin } = await app.workspace();
  const asked = await Promise.all(Array.from({ length: 30 }, () => admin.post('recording-requests', {})));
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 201));
  await eventually(async () => {
    most = Math.max(most, await usedByRole());
    const { body } = await admin.get('recording-requests?limit=50');
    expect(body.items).toHaveLength(30);
  });
  expect(most).toBeLessThanOrEqual(NEEDED);
  await app.stop();
});

it('is not ready on a standby, which answers and keeps nothing', async () => {
  await acceptsWrites(database.pool);
  const standby = new pg.Pool({ connectionString: database.url, options: '-c default_transaction_read_only=on' });
  await expect(acceptsWrites(standby)).rejects.toThrow('takes no writes');
  await standby.end();
});

it('says in a sentence that a file has the name of the data directory, or of the embedded database', async () => {
  const file = join(directory, 'file');
  await writeFile(file, 'of somebody');
  const said = /cannot be made: \S+file \(something that is no folder has this name, or one above it\)/;
  expect(await refusal({ DATA_DIR: file })).toMatch(said);
  await expect(startEmbeddedPostgres(file)).rejects.toThrow(said);
  expect(await readFile(file, 'utf8')).toBe('of somebody');
});

describe('a start that would not get all its connections', () => {
  it('says so of the role’s limit, and which DATABASE_POOL would do', async () => {
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT ${NEEDED - 1}`);
    expect(await refusal()).toBe(
      `PostgreSQL allows 13 more connections (CONNECTION LIMIT of the role: 13, of which 0 are in use), and this process needs 14. Allow more there, or set DATABASE_POOL to 9, or end what else uses it.`,
    );
    await (await open({ DATABASE_POOL: '9' })).close();
  });

  it('says so of the database’s limit, counting what others hold', async () => {
    const other = openPool(database.url, 1);
    await other.query('SELECT 1');
    await sql(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT ${NEEDED + 1}`);
    expect(await lack()).toMatch(/allows 13 more .*of the database: 15, of which 2 are in use/);
    await other.end();
  });

  it('says so when there is not one left to ask with', async () => {
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
    expect(await lack()).toMatch(/allows no more connections, and this process needs 14/);
  });

  it('says so of the whole server, and knows what is reserved', async () => {
    const small = await startEmbeddedPostgres(join(directory, 'small'), ['-c max_connections=15']);
    const pool = openPool(small.url, 1);
    await pool.query(`CREATE ROLE app LOGIN PASSWORD 'p'`);
    await pool.end();
    expect(await lack(small.url.replace(/\/\/[^@]+@/, '//app:p@'))).toMatch(
      /allows 12 more connections \(max_connections, less those reserved: 12/,
    );
    await (await open({ DATABASE_URL: small.url })).close(); // its superuser may take all fifteen
    await small.stop();
  }, 60_000);

  it('waits for a process that is just ending', async () => {
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT ${NEEDED}`);
    const ending = openPool(url, 1);
    await ending.query('SELECT 1');
    const opening = open({});
    await wait(500);
    await ending.end();
    await (await opening).close();
  });
});

it('keeps few connections for many queues, rests while it is refused them, and goes on when it gets them', async () => {
  await sql(`ALTER ROLE ${role} CONNECTION LIMIT ${JOB_CONNECTIONS}`);
  const backend = await postgresQueues(url);
  const runs = new Map(Array.from({ length: 12 }, (_, n) => [`test-note-${n}`, [] as number[]]));
  const work = (queue: string) =>
    backend.worker(queue, async ({ data }) => void runs.get(queue)!.push(Number(data.n)), { concurrency: 1 });
  const add = async (n: number) => {
    for (const queue of runs.keys()) await backend.queue(queue).add(queue, { n }, { jobId: `${queue}-${n}` });
  };
  await sql(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
  await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
  const workers = [...runs.keys()].map((queue) => work(queue).on('error', () => undefined));
  const before = process.cpuUsage();
  await wait(3000); // a measured time, not one waited for
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1500);
  await sql(`ALTER ROLE ${role} CONNECTION LIMIT ${JOB_CONNECTIONS}`);
  await eventually(() => add(1));
  await eventually(() => expect([...runs.values()]).toEqual([...runs.values()].map(() => [1])));
  // One that hears nothing would find the next job only by chance.
  await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
  await eventually(() => add(2));
  await eventually(() => expect([...runs.values()]).toEqual([...runs.values()].map(() => [1, 2])));
  expect(await usedByRole()).toBeLessThanOrEqual(JOB_CONNECTIONS);
  await Promise.all(workers.map((worker) => worker.close()));
  await backend.close();
}, 60_000);

it('sets what it needs on every connection, whatever the role has for defaults, and keeps the operator’s options', async () => {
  await sql(`ALTER ROLE ${role} SET default_transaction_isolation = 'repeatable read';
    ALTER ROLE ${role} SET default_transaction_read_only = on; ALTER ROLE ${role} SET statement_timeout = '1ms';
    ALTER ROLE ${role} SET datestyle = 'German'`);
  const theirs = `${url}?options=${encodeURIComponent('-c work_mem=8MB -c search_path=elsewhere -c lock_timeout=7s')}`;
  const shown = async (pool: FreshDatabase['pool']) => {
    const names = ['transaction_isolation', 'transaction_read_only', 'statement_timeout', 'lock_timeout', 'work_mem'];
    const values = names.map((name) => `current_setting('${name}') AS ${name}`);
    return (await pool.query(`SELECT ${values.join()}, current_setting('search_path') AS path, now() AS at`)).rows[0];
  };
  const set = {
    transaction_isolation: 'read committed',
    transaction_read_only: 'off',
    statement_timeout: '9s',
    lock_timeout: '7s',
    work_mem: '8MB',
    at: expect.any(Date),
  };
  const [pool, jobs] = [openPool(theirs, 1), new JobConnections(theirs)];
  expect(await shown(pool)).toEqual({ ...set, path: 'elsewhere' });
  expect(await shown(jobs.pool)).toEqual({ ...set, path: 'bullmq' });
  expect(withSessionSettings(url)).not.toContain('bullmq');
  await Promise.all([pool.end(), jobs.close()]);
});
