import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestList } from '#modules/recording/projections/request-list.js';
import { readConfig } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { JobLedger } from '#platform/jobs/job-ledger.js';
import { Misuse, OperatorMistake, runCommand } from '#platform/operations/operator-commands.js';
import { openKeyRing } from '#platform/key-ring/open-key-ring.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { projections } from '../../src/app.module.js';
import { explain } from '../../src/command-line.js';
import { openOperated, OPERATOR_COMMANDS } from '../../src/operated.js';
import { newEvent } from '../contracts/event-store/event-fixtures.js';
import { eventually } from '../support/eventually.js';
import { operatorProcess } from '../support/operator-process.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

const ops = (settings: Readonly<Record<string, string>>, ...args: string[]) => operatorProcess('ops', args, settings);

describe('on a database of its own', () => {
  let fresh: FreshDatabase;
  let database: Database;
  const on = async (...args: string[]) => {
    let said = '';
    const say = (line: string) => void (said += `${line}\n`);
    const open = () => openOperated(readConfig({ DATABASE_URL: fresh.url }), projections, say);
    await runCommand(OPERATOR_COMMANDS, args, open, say);
    return said;
  };
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = new Database(fresh.pool);
  });
  afterAll(() => fresh.drop());

  it('says what there is, and what there is not', async () => {
    for (const asking of [[], ['help'], ['--help'], ['-h'], ['rotate-keys', '--help']])
      for (const command of ['stuck', 'resume NAME', 'rebuild LIST', 'rerun QUEUE|JOB', 'rotate-keys'])
        expect(await on(...asking)).toContain(command);
    expect(await on('stuck')).toBe('Nothing is stuck.\n');
    for (const command of ['resume', 'rebuild', 'rerun']) {
      await expect(on(command, 'nothing')).rejects.toThrow(OperatorMistake);
      await expect(on(command, 'nothing')).rejects.not.toThrow(Misuse);
      await expect(on(command)).rejects.toThrow(Misuse);
    }
  });

  it.each([
    [['frobnicate'], 'There is no command "frobnicate"'],
    [['toString'], 'There is no command "toString"'],
    [['__proto__'], 'There is no command "__proto__"'],
    [['stuck', 'x'], 'stuck takes nothing.'],
    [['rotate-keys', 'x'], 'rotate-keys takes nothing.'],
    [['resume', 'a.b', 'c.d'], 'resume takes one NAME.'],
    [['rebuild'], 'There are: identity.'],
  ])('does nothing that it was not asked for: %j', async (args, said) => {
    await expect(on(...args)).rejects.toThrow(Misuse);
    await expect(on(...args)).rejects.toThrow(said);
  });

  it.each([
    [{ password: 'wrong' }, /refuses the password of "\w+"/],
    [{ pathname: '/nowhere' }, /has no database "nowhere"/],
    [{ port: '1' }, /:1 refuses the connection/],
    [{ hostname: 'nowhere.invalid' }, /nowhere\.invalid:\d+ is on a host/],
    [{ pathname: '/template1' }, /There is no installation in this database/],
  ])('says why it does not reach the database, and nothing else: %j', async (changed, said) => {
    const url = Object.assign(new URL(fresh.url), changed).href;
    const opening = openOperated(readConfig({ DATABASE_URL: url }), projections, () => undefined);
    await expect(opening).rejects.toThrow(StartProblem);
    const told = await opening.catch(explain);
    expect(told).toMatch(said);
    expect(told).not.toMatch(/wrong|^ +at /m);
  });

  it.each([
    ['ops', ['constructor'], 2, 'stderr', 'There is no command "constructor".\n'],
    ['workspace', ['--help'], 0, 'stdout', 'npm run workspace -- create'],
  ] as const)('%s %j ends with %i and a sentence', async (program, args, code, where, said) => {
    const ended = await operatorProcess(program, args, {});
    expect(ended).toMatchObject({ code, [where]: expect.stringContaining(said) });
    expect(ended.stdout + ended.stderr).not.toMatch(/^ +at /m);
    expect([ended.stdout, ended.stderr]).toContain('');
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
      stderr: '',
      stdout: 'Keys wrapped anew: 1. Old key-encryption keys destroyed: 1.\n',
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
    await ledger.ask([{ id: 'a-b-c-2', queue: 'a-b-c', data: {} }]);
    await ledger.failed('a-b-c-1', { why: 'TypeError', forEver: false });
    await ledger.failed('a-b-c-2', { why: 'NOT_A_VIDEO', forEver: true });
    await fresh.pool.query(`UPDATE platform.job SET due_at = now() - interval '1 hour'`);
    await expect(on('resume')).rejects.toThrow(`Parked are: ${requestList.name}.`);
    await expect(on('rerun', 'a-b-d')).rejects.toThrow('Jobs failed of: a-b-c.');
    const said = await on('stuck');
    expect(said).toContain(`${requestList.name} is parked at position 7 (RangeError).`);
    expect(said).toContain('a-b-c-1 failed for good');
    expect(said).not.toContain('NOT_A_VIDEO'); // nothing that anybody could do
    expect(said).toContain('a-b-d: 1 jobs wait');
    expect(await on('resume', requestList.name)).toContain('goes on');
    expect(await on('rerun', 'a-b-c')).toContain('1 job is done once more');
    expect(await on('stuck')).not.toMatch(/parked|failed/);
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
    expect(await on('rebuild', 'recording.request_list')).toContain('is rebuilt.');
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
  expect(await ops(settings, 'stuck')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('a.b is parked at position 3'),
  });
  await eventually(() => pool.query('SELECT 1')); // it still runs
  await pool.end();
  await product.stop();
  expect(await ops(settings, 'resume', 'a.b')).toEqual({ code: 0, stdout: 'a.b goes on.\n', stderr: '' });
  const nowhere = openOperated(readConfig({ DATA_DIR: join(directory, 'other') }), [], () => undefined);
  await expect(nowhere).rejects.toThrow('There is no installation');
  await rm(directory, { recursive: true });
}, 120_000);
