import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '#kernel/event.js';
import type { PublishedEvents } from '#kernel/published.js';
import { recordingPublished } from '#modules/recording/contract.js';
import { recording } from '#modules/media/domain/recording.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { composed, type BoundedContext } from '#platform/contexts/bounded-context.js';
import { publicationsOf } from '#platform/contexts/publications.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Processor } from '#platform/jobs/job.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { keyedRows, put, type Keyed } from '#platform/projections/keyed-rows.js';
import { projectionAt } from '#platform/projections/projection.js';
import { handlersOf, subscriptionsTo, type Handler, type Handlers } from '#platform/streams/handlers.js';
import { counted } from '../support/counted.js';
import { contexts } from '../support/lists.js';
import { eventually } from '../support/eventually.js';
import { systemMeta } from '../support/system-meta.js';
import { dataOf } from '../recording/golden-events.js';
import { GoldenLog } from '../recording/golden-log.js';

interface Arrival {
  id: string;
  deletes_at: string | null;
  sealed: number;
  type: string;
}

const arrivals = keyedRows<Arrival>('theirs_v1.arrivals', {
  ddl: 'CREATE TABLE arrivals (id uuid PRIMARY KEY, deletes_at text, sealed int, type text)',
  on: subscriptionsTo(recordingPublished, {
    'recording.submitted.v1': ({ data, sealed, type }) =>
      put<Arrival>({ id: data.recordingId, deletes_at: data.deletesAt, sealed: sealed.length, type }),
  }),
});
const tellArrivals: Processor<{ recordingId: string }> = {
  queue: 'theirs-tell-arrival',
  on: subscriptionsTo(recordingPublished, {
    'recording.submitted.v1': ({ data: { recordingId } }) => ({ data: { recordingId } }),
  }),
};
const theirs: BoundedContext = { name: 'theirs', streams: [], projections: [arrivals], processors: [tellArrivals] };

describe('a published event', () => {
  let log: GoldenLog;
  beforeAll(async () => {
    log = await GoldenLog.open();
  });
  afterAll(() => log?.close());

  it('reaches another context out of the log, whatever version of the private one is in it, with nothing sealed', async () => {
    const [now, then] = [
      await log.tell(['RecordingRequested', 'RecordingSubmitted']),
      await log.tell(['RecordingRequested', 'RecordingSubmitted.v1']),
    ];
    const { projections, processors } = composed([...contexts, theirs]);
    const [consumer] = await prepareGenerations(log.database, projections.at(-1)!);
    const failures: unknown[] = [];
    const watch = { parked: (...all: unknown[]) => failures.push(all[2]), interrupted: () => undefined };
    const runner = new ConsumerRunner(consumer!, { store: log.store, database: log.database }, watch);
    runner.start();
    const row = { sealed: 0, type: 'recording.submitted.v1' };
    await eventually(async () => {
      const { rows } = await log.fresh.pool.query<Arrival>('SELECT * FROM theirs_v1.arrivals');
      const expected = [
        { ...row, id: now.recordingId, deletes_at: dataOf('RecordingSubmitted').deletesAt as string },
        { ...row, id: then.recordingId, deletes_at: null },
      ];
      expect([failures, rows.sort((a, b) => Number(a.deletes_at === null) - Number(b.deletes_at === null))]).toEqual([
        [],
        expected,
      ]);
    });
    await runner.stop();
    const [, submitted] = await log.store.readStream(`recording_request-${now.requestId}`);
    expect(processors[0]!.on[submitted!.type]!(submitted!)).toEqual({ data: { recordingId: now.recordingId } });
  });

  const translations = Object.assign({}, ...contexts.map(({ publications }) => publications?.translations)) as Record<
    string,
    Handlers<[], object>
  >;
  const FOLDER = join(import.meta.dirname, '../published');
  const kept = readdirSync(FOLDER).map((file) => file.slice(0, -'.json'.length));

  it.each(kept)('%s says what it said when it was first published', (name) => {
    const [[type, translate]] = Object.entries(translations[name]!) as [[string, Handler<[], object>]];
    const source = translate.source as typeof recording;
    const schemaVersion = source.schemaVersions?.[type as 'RecordingErased'] ?? 1;
    const event = {
      type,
      stream: `${source.category}-1`,
      schemaVersion,
      data: dataOf(type),
      meta: systemMeta,
    } as Partial<RecordedEvent>;
    expect(translate(event as RecordedEvent)).toEqual(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
  });

  it('is kept as an example, each of them', () => {
    expect(kept.sort()).toEqual(Object.keys(translations).sort());
  });
});

type Told = DomainEvent<'theirs.told.v1', { readonly n: number }>;
const told: PublishedEvents<Told> = { context: 'theirs' };
const translate = (): Handlers<[], Told['data']> => handlersOf(counted, { Counted: ({ data: { n } }) => ({ n }) });

describe('the start refuses a context that', () => {
  it.each<[string, Partial<BoundedContext>, string]>([
    [
      "projects another's private event",
      {
        projections: [
          keyedRows<Keyed>('theirs_v1.rows', {
            ddl: '',
            on: handlersOf(recordingRequest, { RecordingSubmitted: () => put<Keyed>({ id: '' }) }),
          }),
        ],
      },
      'theirs reads RecordingSubmitted, a private event of another context',
    ],
    [
      "makes jobs of another's private event",
      { processors: [{ queue: 'theirs-do-it', on: handlersOf(recording, { RecordingErased: () => null }) }] },
      'theirs reads RecordingErased, a private event of another context',
    ],
    [
      'does not say whose event it handles',
      {
        projections: [
          projectionAt('theirs_v1.rows', { ddl: '', on: { RecordingErased: true }, apply: async () => undefined }),
        ],
      },
      'theirs handles RecordingErased without saying whose it is',
    ],
    [
      "publishes another's event",
      { publications: publicationsOf(told, { 'theirs.told.v1': translate() }) },
      'theirs reads Counted, a private event of another context',
    ],
    [
      "publishes under another's name",
      { streams: [counted], publications: { context: 'theirs', translations: { 'recording.told.v1': translate() } } },
      "theirs can't publish recording.told.v1",
    ],
    [
      'subscribes to what nobody publishes',
      { processors: [{ queue: 'theirs-do-it', on: subscriptionsTo(told, { 'theirs.told.v1': () => null }) }] },
      'Nobody publishes theirs.told.v1',
    ],
    ["owns another's streams", { streams: [recording] }, 'media and theirs both own the streams of category recording'],
  ])('%s', (_, context, why) => {
    expect(() => composed([...contexts, { ...theirs, ...context }])).toThrow(why);
  });
});
