import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ConsumerMetrics } from '#platform/consumers/consumer-metrics.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { HopelessJob } from '#platform/jobs/job-runner.js';
import { MediaFailed, MediaRejected } from '#modules/media/processing/media-errors.js';
import { allowedFields, loggableError, scrub } from '#platform/telemetry/allow-list.js';
import { inConversation } from '#platform/telemetry/conversation.js';
import { failureReason } from '#platform/telemetry/failure-reason.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { Metrics } from '#platform/telemetry/metrics.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { Repetitions } from '#platform/telemetry/repetitions.js';
import { newEvent } from '../contracts/event-store/event-fixtures.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

describe('log lines', () => {
  it('keep only the fields that are named, and only when they are plain', () => {
    const fields = {
      status: 200,
      body: 'x',
      headers: {},
      name: { first: 'Ada' },
      route: '/r/0123abc',
      email: 'a@b.example',
    };
    expect(allowedFields(fields)).toEqual({ status: 200, route: '/r/[code]' });
  });

  it.each([
    ['no user ada@example.com here', 'no user [e-mail] here'],
    ['Bearer sdk_12_ab-c and cap_x.y.z', 'Bearer sdk_[secret] and cap_[secret]'],
    ['GET /r/0123456789abcdefghjkmnpqrs', 'GET /r/[code]'],
    ['postgres://desk:hunter2@db:5432/x', 'postgres://desk:[secret]@db:5432/x'],
    ['GET /api/v1/recordings?q=ada', 'GET /api/v1/recordings?[query]'],
  ])('write "%s" as "%s"', (words, clean) => {
    expect(scrub(words)).toBe(clean);
  });

  it.each([
    ['timeout exceeded when trying to connect', 'PostgreSQL: timeout exceeded when trying to connect'],
    ['Command timed out', 'Redis: Command timed out'],
    ['NOPERM this user has no permissions', 'Redis: NOPERM this user has no permissions'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
  ])('name the part where its driver does not: "%s"', (words, named) => {
    expect(loggableError(new Error(words)).message).toBe(named);
  });

  it('reduce an error and its causes, and end a circle of them', () => {
    const error = Object.assign(new Error('outer'), { code: 'E1', detail: 'Key (email)=(ada)', rows: [1] });
    error.cause = error;
    const text = JSON.stringify(loggableError(error));
    expect(text).toContain('"code":"E1"');
    expect(text).not.toContain('Key (email)');
  });
});

it('goes on, and ends when it should, where a full disk takes no more lines', async () => {
  const full = await open('/dev/full', 'w');
  const entry = [
    '--conditions=source',
    '--import',
    './tests/support/typescript.mjs',
    'tests/fixtures/logs-and-goes-on.ts',
  ];
  const child = spawn(process.execPath, entry, { stdio: ['ignore', full.fd, 'pipe'], timeout: 4_000 });
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  await full.close();
  expect({ said, code }).toEqual({ said: 'goes on', code: 0 });
});

describe('a storm of one line', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = new NestLogger(
    createLogger('info', { write: (line) => void lines.push(JSON.parse(line)) }),
    new Repetitions(30),
  );
  const told = () => lines.map(({ msg, count, correlationId }) => [msg, count, correlationId]);
  beforeEach(() => void (lines.length = 0));

  it('is one line and a count; another component, workspace, level or reason is another line', async () => {
    const away = (message: string) => Object.assign(new Error(message), { code: 'ECONNREFUSED' });
    for (let n = 0; n < 50; n++) logger.warn({ msg: 'Away', id: n, err: away('S3') }, 'Jobs');
    logger.warn({ msg: 'Away', err: away('Redis') }, 'Jobs');
    logger.warn({ msg: 'Away', err: away('S3') }, 'Uploads');
    logger.error({ msg: 'Away', err: away('S3') }, 'Jobs');
    logger.warn({ msg: 'Away', workspaceId: 'w', err: away('S3') }, 'Jobs');
    for (let n = 0; n < 2; n++) logger.log({ msg: 'Answered', status: 503 }, 'Http');
    expect(lines).toHaveLength(7);
    await eventually(() => expect(told().at(-1)).toEqual(['Away', 49, undefined]));
    logger.warn({ msg: 'Away', err: away('S3') }, 'Jobs'); // the storm goes on
    await eventually(() => expect(told().at(-1)).toEqual(['Away', 1, undefined]));
    expect(lines).toHaveLength(9);
  });

  it('swallows nothing that belongs to a conversation, unless its reason is the same', async () => {
    for (const id of ['a', 'b']) inConversation(id, () => logger.warn('Refused', 'Links'));
    for (const id of ['a', 'b']) inConversation(id, () => logger.error({ msg: 'Failed', err: new Error(id) }, 'X'));
    for (const id of ['c', 'd']) inConversation(id, () => logger.error({ msg: 'Failed', err: new Error('x') }, 'X'));
    await eventually(() =>
      expect(told()).toEqual([
        ['Refused', undefined, 'a'],
        ['Refused', undefined, 'b'],
        ['Failed', undefined, 'a'],
        ['Failed', undefined, 'b'],
        ['Failed', undefined, 'c'],
        ['Failed', 1, undefined],
      ]),
    );
  });
});

describe('why something failed, where it is kept', () => {
  const at = (error: Error, frame: string) => Object.assign(error, { stack: `${error.name}: Anna\n${frame}` });

  it.each([
    ['our own sentence', new HopelessJob('No encoder is here'), 'No encoder is here'],
    ['a refused file', new MediaRejected('EMPTY_FILE', 'Nothing is in it.'), 'EMPTY_FILE: Nothing is in it.'],
    ['a tool without its words', new MediaFailed('film', "title: Anna's screen"), 'Making the film failed'],
    ['a sentence that is empty', at(new HopelessJob(), ''), 'Error'],
    [
      'the kind, the code and the place of a library',
      at(
        Object.assign(new TypeError('Anna'), { code: 'ENOSPC' }),
        '    at x (/srv/src/node_modules/a/src/a.js:1:2)\n    at async y (file:///usr/src/app/dist/modules/media/a-b.js:34:5)',
      ),
      'TypeError ENOSPC at modules/media/a-b.js:34',
    ],
    ['the code of its cause', at(new Error('Anna', { cause: { code: '23505' } }), ''), 'Error 23505'],
    ['no name or code that is words', at(Object.assign(new Error(), { name: 'Anna M.', code: 'a b' }), ''), 'Error'],
    ['nothing of what is no error', { message: 'Anna' }, 'something that is no error'],
  ])('is %s', (_, error, reason) => expect(failureReason(error)).toBe(reason));
});

describe('metrics', () => {
  let fresh: FreshDatabase;
  let store: PostgresEventStore;
  const metrics = new Metrics();

  beforeAll(async () => {
    fresh = await freshDatabase();
    store = new PostgresEventStore(fresh.pool);
    new ConsumerMetrics(metrics, store, new Database(fresh.pool));
  });

  afterAll(async () => {
    metrics.onModuleDestroy();
    await store.close();
    await fresh.drop();
  });

  it('shows operators how far each consumer is behind, and which one stands', async () => {
    await fresh.pool.query(`INSERT INTO platform.consumer (name, version, status, position, parked_at) VALUES
    ('a.serving', 1, 'serving', 2, NULL), ('b.parked', 1, 'building', -1, 0)`);
    const events = Array.from({ length: 3 }, () => newEvent('Counted'));
    await store.append(`metrics-${randomUUID()}`, 'no_stream', events);
    await eventually(async () => {
      const text = await metrics.registry.metrics();
      expect(text).toContain('consumer_lag_events{consumer="a.serving",status="serving"} 0');
      expect(text).toContain('consumer_lag_events{consumer="b.parked",status="building"} 3');
      expect(text).toContain('consumer_parked{consumer="a.serving",status="serving"} 0');
      expect(text).toContain('consumer_parked{consumer="b.parked",status="building"} 1');
    });
  });
});
