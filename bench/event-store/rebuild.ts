import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import type { NewEvent } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { alone, type Entries } from '../entry.js';
import { META } from './contestants.js';
import { withDurablePostgres } from './durable-postgres.js';
import { recordingList, requestList } from '../../tests/support/lists.js';

const REQUESTS = 10_000;
const WRITERS = 16;
const AT = new Date('2026-11-22T12:00:00Z');

/**
 * How quickly the lists of requests and recordings are built from nothing, both at once in one process as after an
 * upgrade: events of the log by the time until the last of them is there. Nothing but PostgreSQL's log read as such
 * (replay_events_per_s) could be quicker.
 */
export function rebuilding(): Promise<Entries> {
  return withDurablePostgres(async (url) => {
    const pool = openPool(url, WRITERS + 4);
    const store = new PostgresEventStore(pool);
    await Promise.all(Array.from({ length: WRITERS }, () => tell(store, REQUESTS / WRITERS)));
    await pool.query('VACUUM ANALYZE'); // what PostgreSQL does by itself some minutes later
    const events = Number(await store.head()) + 1;
    const seconds = await rebuilt(store, new Database(pool), events);
    await store.close();
    await pool.end();
    return { rebuild_events_per_s: alone(events / seconds, 'events/s') };
  });
}

/** @returns how many seconds it took */
async function rebuilt(store: PostgresEventStore, database: Database, events: number): Promise<number> {
  const begun = performance.now();
  const consumers = [requestList, recordingList].map((list) => prepareGenerations(database, list));
  const runners = (await Promise.all(consumers))
    .flat()
    .map((consumer) => new ConsumerRunner(consumer, { store, database }, { parked: fail, interrupted: fail }));
  for (const runner of runners) runner.start();
  const behind = `SELECT 1 FROM platform.consumer WHERE position < ${events - 1}`;
  while ((await database.pool.query(behind)).rowCount) await wait(20);
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(runners.map((runner) => runner.stop()));
  return seconds;
}

/** Requests that were answered, one after the other: eight events of the request and three of its recording. */
async function tell(store: PostgresEventStore, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const ids = { requestId: randomUUID(), recordingId: randomUUID() };
    await store.append(`recording_request-${ids.requestId}`, 'no_stream', ofRequest(ids));
    await store.append(`recording-${ids.recordingId}`, 'no_stream', ofRecording(ids));
  }
}

interface Ids {
  readonly requestId: string;
  readonly recordingId: string;
}

function ofRequest({ requestId, recordingId }: Ids): NewEvent[] {
  const [requestedAt, expiresAt] = [AT.toISOString(), '2026-11-25T12:00:00.000Z'];
  const options = { microphone: 'optional', camera: true, systemAudio: true, maxDurationMs: 1_800_000 };
  const consent = { textSha256: 'a'.repeat(64), version: '1', locale: 'en', scope: ['screen', 'microphone'] };
  const agentId = randomUUID();
  const shape = { durationMs: 61_500, width: 1920, height: 1080, bytes: 7_340_032, mediaType: 'video/webm' };
  const submission = { ...shape, camera: true, interrupted: false, receivedAt: requestedAt, deletesAt: expiresAt };
  return [
    event('RecordingRequested', { requestId, ticketReference: '4711', agentId, requestedAt, expiresAt, options }, 400),
    event('RecordingLinkIssued', { requestId, link: 2, expiresAt }),
    event('RecordingLinkOpened', { requestId, link: 2 }),
    event('CustomerConsented', { requestId, ...consent }),
    event('RecordingStarted', { requestId, recordingId, source: 'capture' }),
    event('RecordingDiscarded', { requestId, recordingId, why: 'customer' }),
    event('RecordingStarted', { requestId, recordingId, source: 'capture' }),
    event('RecordingSubmitted', { requestId, recordingId, ...submission, trim: null }, 60),
  ];
}

function ofRecording(ids: Ids): NewEvent[] {
  const file = { durationMs: 59_000, width: 1920, height: 1080, bytes: 7_000_000, mediaType: 'video/webm' };
  const storyboard = { columns: 4, rows: 3, count: 12, intervalMs: 4916 };
  return [
    event('RecordingMadeSeekable', { ...ids, ...file, tool: 'ffmpeg' }),
    event('RecordingPreviewed', { ...ids, poster: true, storyboard }),
    event('RecordingCopiedToMp4', { ...ids, bytes: 8_000_000 }),
  ];
}

/** @param sealedBytes how long its words are, sealed under the request's key */
function event(type: string, data: Record<string, unknown>, sealedBytes = 0): NewEvent {
  const sealed = sealedBytes ? [{ subject: data.requestId as string, blob: randomBytes(sealedBytes) }] : [];
  const schemaVersion = type === 'RecordingSubmitted' ? 2 : 1;
  return { eventId: randomUUID(), type, schemaVersion, at: AT, data, meta: META, sealed };
}

function fail(_: unknown, eventOrError: unknown): never {
  throw new Error('The projection stopped', { cause: eventOrError });
}
