import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requestList } from '#modules/recording/projections/request-list.js';
import { readConfig } from '#platform/config/config.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { JobLedger } from '#platform/jobs/job-ledger.js';
import { runCommand } from '#platform/operations/operator-commands.js';
import { openKeyRing } from '#platform/key-ring/open-key-ring.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { projections } from '../../src/app.module.js';
import { openOperated, OPERATOR_COMMANDS } from '../../src/operated.js';
import { newEvent } from '../contracts/event-store/event-fixtures.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

const run = promisify(execFile);

/** `npm run ops -- …` in a process of its own, from the sources. */
async function ops(
  settings: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<{ code: number; said: string }> {
  const node = ['--conditions=source', '--import', './tests/support/typescript.mjs', 'src/ops.ts'];
  const env = { PATH: process.env.PATH, ...settings };
  return run(process.execPath, [...node, ...args], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr }),
  );
}

describe('on a database of its own', () => {
  let fresh: FreshDatabase;
  let database: Database;
  const on = async (...args: string[]) => {
    let said = '';
    const say = (line: string) => void (said += `${line}\n`);
    const open = () => openOperated(readConfig({ DATABASE_URL: fresh.url }), projections, say);
    const code = await runCommand(OPERATOR_COMMANDS, args, open, say);
    return { code, said };
  };
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = new Database(fresh.pool);
  });
  afterAll(() => fresh.drop());

  it('says what there is, and what there is not', async () => {
    const { code, said } = await on('frobnicate');
    expect(code).toBe(1);
    expect(said).toContain('There is no command "frobnicate"');
    for (const command of ['stuck', 'resume NAME', 'rebuild LIST', 'rerun QUEUE|JOB', 'rotate-keys'])
      expect(said).toContain(command);
    expect(await on('stuck')).toEqual({ code: 0, said: 'Nothing is stuck.\n' });
    for (const command of ['resume', 'rebuild', 'rerun']) expect((await on(command, 'nothing')).code).toBe(1);
  });

  it('rotates the keys beside a running process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'screendesk-ops-'));
    const keyFile = join(folder, 'keys.json');
    const running = await openKeyRing(keyFile, fresh.pool);
    const subject = randomUUID();
    const sealed = await running.seal(subject, Buffer.from('kept'), 'x');
    const before = await readFile(keyFile, 'utf8');
    const rotate = () => ops({ DATABASE_URL: fresh.url, KEY_FILE: keyFile }, 'rotate-keys');
    expect(await rotate()).toEqual({
      code: 0,
      said: '1 keys are wrapped anew; of the key-encryption keys 1 are destroyed.\n',
    });
    const [id] = JSON.parse(before).keys.map((key: { id: string }) => key.id);
    expect(await readFile(keyFile, 'utf8')).not.toContain(id);
    expect(String(await running.open(subject, sealed, 'x'))).toBe('kept');
    await running.close();
    await rm(folder, { recursive: true });
  }, 60_000);

  it('lists what stands, and lets it go on', async () => {
    await prepareGenerations(database, requestList);
    await fresh.pool.query(`UPDATE platform.consumer SET parked_at = 7, parked_why = 'RangeError'`);
    const ledger = new JobLedger(database);
    await ledger.ask([{ id: 'a-b-c-1', queue: 'a-b-c', data: {} }]);
    await ledger.ask([{ id: 'a-b-d-1', queue: 'a-b-d', data: {} }]);
    await ledger.failed('a-b-c-1', 'TypeError');
    await fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 hour'`);
    const { said } = await on('stuck');
    expect(said).toContain(`${requestList.name} is parked at position 7 (RangeError).`);
    expect(said).toContain('a-b-c-1 failed for good');
    expect(said).toContain('a-b-d: 1 jobs wait');
    expect((await on('resume', requestList.name)).said).toContain('goes on');
    expect((await on('rerun', 'a-b-c')).said).toContain('1 job is done once more');
    expect((await on('stuck')).said).not.toMatch(/parked|failed/);
    const overdue = await ledger.overdue(10);
    expect(overdue.map(({ id }) => id).sort()).toEqual(['a-b-c-1', 'a-b-d-1']);
  });

  it('has a running worker rebuild a list, and says when it is done', async () => {
    const store = new PostgresEventStore(fresh.pool);
    await store.append('thing-1', 'no_stream', [newEvent('SomethingElse')]);
    const watch = { parked: () => undefined, interrupted: () => undefined };
    const runners = (await prepareGenerations(database, requestList)).map(
      (consumer) => new ConsumerRunner(consumer, { store, database }, watch),
    );
    for (const runner of runners) runner.start();
    const { code, said } = await on('rebuild', 'recording.request_list');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('is rebuilt.') });
    await Promise.all(runners.map((runner) => runner.stop()));
    await store.close();
  });
});

it('reaches the embedded database while the product runs on it, and when it does not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ops-'));
  await chmod(directory, 0o755); // PostgreSQL may run as a user of its own
  const settings = { DATA_DIR: directory };
  const product = await startEmbeddedPostgres(join(directory, 'postgres'));
  const pool = openPool(product.url, 2);
  await migrate(pool);
  await pool.query(`INSERT INTO platform.consumer (name, version, status, parked_at) VALUES ('a.b', 1, 'serving', 3)`);
  expect(await ops(settings, 'stuck')).toEqual({
    code: 0,
    said: expect.stringContaining('a.b is parked at position 3'),
  });
  await eventually(() => pool.query('SELECT 1')); // it still runs
  await pool.end();
  await product.stop();
  expect(await ops(settings, 'resume', 'a.b')).toEqual({ code: 0, said: 'a.b goes on.\n' });
  const nowhere = openOperated(readConfig({ DATA_DIR: join(directory, 'other') }), [], () => undefined);
  await expect(nowhere).rejects.toThrow('There is no installation');
  await rm(directory, { recursive: true });
}, 120_000);
