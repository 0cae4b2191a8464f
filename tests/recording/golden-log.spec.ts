import { randomUUID } from 'node:crypto';
import { recording } from '#modules/media/domain/recording.js';
import { viewing } from '#modules/media/domain/viewing.js';
import { RECORDING_LIST } from '#modules/recording/projections/recording-list.js';
import { REQUEST_LIST } from '#modules/recording/projections/request-list.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import { prepareGenerations, rebuild } from '#platform/projections/generations.js';
import { Streams } from '#platform/streams/streams.js';
import { fromTheBeginning } from '../support/careless-store.js';
import { dataOf, golden, without } from './golden-events.js';
import { GoldenLog, type Story } from './golden-log.js';
import { recordingList, requestList } from '../support/lists.js';

const { requestId: _, expiresAt: __, ...asked } = dataOf('RecordingRequested');
const words = golden.get('RecordingRequested.v1')!.personal;
const opened = ['RecordingRequested', 'RecordingLinkIssued', 'RecordingLinkOpened'];
const started = [...opened, 'CustomerConsented', 'RecordingStarted'];
const sent = [...started, 'RecordingSubmitted'];
const restless = ['RecordingDiscarded', 'RecorderUnsupported', 'RecordingDeclined', 'CustomerConsented'];
const erased = ['RecordingRequestErasureBegun', 'RecordingRequestErased.v1'];
const failed = ['RecordingProcessingFailed', 'RecordingProcessingRetried'];
const seekable = ['RecordingMadeSeekable', 'RecordingPreviewed', 'RecordingCopiedToMp4'];

let log: GoldenLog;
let stories: Record<string, Story>;
beforeAll(async () => {
  log = await GoldenLog.open();
  stories = {
    ready: await log.tell([...started, ...restless, 'RecordingStarted', 'RecordingSubmitted'], seekable),
    failed: await log.tell(
      ['RecordingRequested.v1', ...started.slice(1), 'RecordingSubmitted.v1'],
      ['RecordingProcessingFailed.v1'],
    ),
    retried: await log.tell(sent, failed),
    before: await log.tell(
      sent,
      [...failed, ...seekable].map((type) => `${type}.v1`),
    ),
    deleting: await log.tell(sent, ['RecordingMadeSeekable.v1', 'RecordingDeletionRequested.v1']),
    erased: await log.tell(sent, ['RecordingDeletionRequested', 'RecordingErased.v1']),
    gone: await log.tell(sent, ['RecordingDeletionRequested', 'RecordingErased.v2']),
    cancelled: await log.tell([...opened, 'RecordingRequestCancelled']),
    expired: await log.tell(['RecordingRequested', 'RecordingRequestExpired', ...erased]),
    declined: await log.tell([...opened, 'CustomerConsented', 'RecordingDeclined']),
    recording: await log.tell(started),
  };
  await log.write(viewing, randomUUID(), ['RecordingViewed'], () => stories.ready!);
});
afterAll(() => log?.close());

it('is folded into what the domain knows, with the words or without', async () => {
  const streams = new Streams(log.store, log.keys);
  const requestOf = async (name: string) => (await streams.load(recordingRequest, stories[name]!.requestId)).state;
  const recordingOf = async (name: string) => (await streams.load(recording, stories[name]!.recordingId)).state;
  const { receivedAt, deletesAt } = dataOf('RecordingSubmitted');
  const submitted = { recordingId: stories.ready!.recordingId, receivedAt, deletesAt };
  const ready = { ...asked, status: 'received', links: 2, open: [], discarded: [expect.any(String)], submitted };
  expect(await requestOf('ready')).toMatchObject(ready);
  expect(await requestOf('failed')).toMatchObject({ ticket: asked.ticket });
  for (const name of ['ready', 'before'])
    expect(await recordingOf(name)).toMatchObject({ seekable: true, previewed: true, mp4: true, deletion: 'none' });
  for (const name of ['erased', 'gone']) expect(await recordingOf(name)).toMatchObject({ deletion: 'done' });
  expect(await requestOf('declined')).toMatchObject({ status: 'declined', consent: null, erasure: 'none' });
  expect(await requestOf('expired')).toMatchObject({ status: 'expired', erasure: 'done' });
  await log.keys.erase(stories.erased!.requestId);
  await log.store.eraseSealed(stories.erased!.requestId);
  const left = await requestOf('erased');
  expect(left).toMatchObject({ ...without(asked, ...words), status: 'received' });
  for (const word of words) expect(left).not.toHaveProperty(word);
});

it('becomes the same rows when it is read once, twice, or again from zero', async () => {
  const generations = async () => [
    ...(await prepareGenerations(log.database, requestList)),
    ...(await prepareGenerations(log.database, recordingList)),
  ];
  await log.readToEnd(await generations());
  const once = await rows();
  showsTheStories(once);
  const { requestId: another } = await log.tell(['RecordingRequested']);
  await log.readToEnd(await generations(), fromTheBeginning(log.store));
  const twice = await rows();
  expect(without(twice.requests, another)).toEqual(once.requests);
  expect(twice.requests[another]).toMatchObject({ status: 'sent' });
  expect(twice.recordings).toEqual(once.recordings);
  await log.readToEnd([await rebuild(log.database, requestList), await rebuild(log.database, recordingList)]);
  expect(await rows()).toEqual(twice);
  const { rows: served } = await log.fresh.pool.query('SELECT DISTINCT generation, status FROM platform.consumer');
  expect(served).toEqual([{ generation: 1, status: 'serving' }]);
});

type Rows = Record<'requests' | 'recordings', Record<string, any>>;

function showsTheStories({ requests, recordings }: Rows): void {
  const requestOf = (name: string) => requests[stories[name]!.requestId];
  const recordingOf = (name: string) => recordings[stories[name]!.recordingId];
  for (const name of ['ready', 'failed', 'before', 'deleting', 'erased', 'gone'])
    expect(requestOf(name).status).toBe('received');
  for (const name of ['cancelled', 'expired', 'declined', 'recording']) expect(requestOf(name).status).toBe(name);
  for (const name of ['ready', 'failed', 'deleting']) expect(recordingOf(name).status).toBe(name);
  expect(recordingOf('retried')).toMatchObject({ status: 'received', failure: null, retryable: false });
  expect(Object.keys(recordings)).toHaveLength(5);
  expect(requestOf('ready')).toMatchObject({ workspace_id: log.workspaceId, ticket_reference: '4711', version: 10 });
  const ticket = { ticket_connector: 'manual', ticket_reference: '4711' };
  for (const name of ['ready', 'failed']) expect(requestOf(name)).toMatchObject(ticket);
  expect(requestOf('ready').words).not.toContain(asked.customerName);
  for (const name of ['deleting', 'erased', 'gone'])
    expect(requestOf(name)).toMatchObject({ words: null, recording_id: null });
  const { storyboard } = dataOf('RecordingPreviewed');
  const shown = { poster: true, mp4: true, trimmed: true, camera: true, storyboard, duration_ms: 59_000 };
  expect(recordingOf('ready')).toMatchObject({ ...shown, processed_by: 'ffmpeg', failure: null });
  expect(recordingOf('ready').deletes_at).toEqual(new Date(dataOf('RecordingSubmitted').deletesAt));
  expect(recordingOf('ready')).toMatchObject({ watched_at: new Date('2026-11-22T12:00:00Z'), version: 2 });
  expect(recordingOf('failed')).toMatchObject({
    watched_at: null,
    failure: dataOf('RecordingProcessingFailed').sentence,
    deletes_at: null,
  });
  expect(requestOf('cancelled')).toMatchObject({ words: expect.any(String) as string, erased: false });
  expect(requestOf('expired')).toMatchObject({ words: null, erased: true });
}

async function rows(): Promise<Rows> {
  const of = async (table: string) => {
    const { rows: found } = await log.fresh.pool.query<{ id: string }>(`SELECT * FROM ${table}`);
    return Object.fromEntries(found.map((row) => [row.id, row]));
  };
  return { requests: await of(REQUEST_LIST), recordings: await of(RECORDING_LIST) };
}
