import { randomBytes } from 'node:crypto';
import { PROCESSING_FAILED } from '#modules/media/contract.js';
import type { Tried } from '#modules/media/domain/recording.js';
import { MediaWorkshop } from '#modules/media/processors/media-workshop.js';
import { PROCESS_MEDIA } from '#modules/media/processors/process-media.js';
import { ProcessingNotes } from '#modules/media/processors/processing-notes.js';
import { UnfinishedMedia } from '#modules/media/processors/unfinished-media.js';
import { Background } from '#platform/consumers/background.js';
import { Database } from '#platform/database/database.js';
import { Streams } from '#platform/streams/streams.js';
import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { eventually } from '../../support/eventually.js';
import {
  VIDEO,
  acme,
  agent,
  app,
  given,
  reaching,
  recorded,
  withoutWorkshop,
  withStorageAway,
} from './media-ground.js';

const typesOf = async (id: string) => (await app.get(EventStore).readStream(`recording-${id}`)).map(({ type }) => type);

/** As after a start, which looks back further than the rounds after it. */
async function restartedReconciler(): Promise<void> {
  Object.assign(app.get(UnfinishedMedia), { lookedBackAt: -Infinity });
  await app.get(Background).reconcile();
}

/** A recording that the machine could not prepare, however often it tried. */
async function failed(said: object = {}): Promise<string> {
  return withoutWorkshop(async () => {
    const id = await recorded(VIDEO, said);
    await eventually(async () => {
      const { rowCount } = await app.database.pool.query(
        `UPDATE bullmq.job SET stalled_count = 50 WHERE state = 'delayed' AND data->>'recordingId' = $1`,
        [id],
      );
      expect(rowCount).toBe(1);
    });
    return id;
  });
}

function blamedOnTheFile(recordingId: string): Promise<void> {
  const sentence = 'This recording broke off before the first picture arrived.';
  return noted(recordingId, { code: 'TRUNCATED', sentence });
}

async function noted(recordingId: string, failure: { code: string; sentence: string; tried?: Tried }): Promise<void> {
  const { body } = await eventually(() => agent.get(`recordings/${recordingId}`).expect(200));
  const cause = { workspaceId: acme.id, correlationId: recordingId, causationId: recordingId };
  const data = { recordingId, owner: ownerOf(body.requestId as string), ...failure };
  await app.get(ProcessingNotes).note(cause, { type: 'RecordingProcessingFailed', data });
}

it('what failed for no fault of its own is prepared once more, cut as the customer wanted', async () => {
  const id = await failed({ trim: { startMs: 0, endMs: 600 } });
  expect(await given(id)).toMatchObject({ status: 'received', retryable: true, chunksPlayable: false });
  const twice = [1, 2].map(() => agent.post(`recordings/${id}/retry-processing`).expect(202));
  await Promise.all(twice);
  const ready = await reaching(id, 'ready');
  expect(ready).toMatchObject({ failure: null, retryable: false });
  expect(ready.durationMs).toBeLessThan(900);
  const retries = (await typesOf(id)).filter((type) => type === 'RecordingProcessingRetried');
  expect(retries).toHaveLength(1);
  await agent.post(`recordings/${id}/retry-processing`).expect(202);
  expect((await typesOf(id)).filter((type) => type === 'RecordingProcessingRetried')).toEqual(retries);
});

describe('what failed for no fault of its own is prepared without anybody’s asking', () => {
  const cut = { trim: { startMs: 0, endMs: 600 } };
  const aged = () =>
    app.database.pool.query(`UPDATE recording.upload SET settled_at = settled_at - interval '30 days'`);

  it.each([
    ['by another version of the program', { by: 'screendesk 0.0.9, ffmpeg 5.1', againAt: null }],
    ['on another day', { againAt: new Date(Date.now() - 1000).toISOString() }],
  ])('%s', async (_, tried) => {
    const id = await failed(cut);
    await given(id);
    const by = await app.get(MediaWorkshop).name();
    await noted(id, {
      code: PROCESSING_FAILED,
      sentence: 'It has not worked so far.',
      tried: { by, ...tried } as Tried,
    });
    await aged();
    await restartedReconciler();
    expect(Math.abs((await reaching(id, 'ready')).durationMs - 600)).toBeLessThan(100);
  });

  it('by a version that says its name, what an earlier one gave up without one', async () => {
    const ids = await withoutWorkshop(async () => {
      const ids = [await recorded(VIDEO, cut), await recorded(VIDEO)] as const;
      for (const id of ids) await blamedOnTheFile(id);
      return ids;
    });
    for (const id of ids) await reaching(id, 'failed');
    await aged();
    await restartedReconciler();
    for (const id of ids) await reaching(id, 'ready');
  });

  it('but not by the same program on the same day, nor what is no video', async () => {
    const ids = [await failed(), await recorded(randomBytes(5000))] as const;
    await given(ids[0]);
    await reaching(ids[1], 'failed');
    await aged();
    const found = await new UnfinishedMedia(app.get(Database), app.get(Streams), app.get(MediaWorkshop)).find();
    expect(found.filter(({ streams }) => ids.some((id) => streams.includes(`recording-${id}`)))).toEqual([]);
  });
});

it('what is prepared while the storage is away waits for it, however often it was tried, and goes on by itself', async () => {
  const { id, job } = await withStorageAway(['putStream'], async () => {
    const id = await recorded(VIDEO);
    const job = await eventually(async () => {
      const delayed = await app.cell.jobs.queue(PROCESS_MEDIA).getDelayed();
      return delayed.find(({ data }) => data.recordingId === id)!.id!;
    });
    const query = (sql: string) => app.database.pool.query(sql, [job]).then(({ rows }) => rows);
    await query('UPDATE bullmq.job SET attempts_made = 3 WHERE id = $1'); // the next try would be the last
    const [{ started }] = await query('SELECT attempts_started AS started FROM bullmq.job WHERE id = $1');
    await eventually(async () =>
      expect(await query('SELECT state, attempts_started, attempts_made FROM bullmq.job WHERE id = $1')).toEqual([
        { state: 'delayed', attempts_started: started + 1, attempts_made: 3 },
      ]),
    );
    await reaching(id, 'received');
    return { id, job };
  });
  await (await app.cell.jobs.queue(PROCESS_MEDIA).getJob(job))!.promote();
  await reaching(id, 'ready');
});

it('what is no video is not tried again, and says so', async () => {
  const id = await recorded(randomBytes(5000));
  expect(await reaching(id, 'failed')).toMatchObject({ retryable: false });
  await agent.post(`recordings/${id}/retry-processing`).expect(409, 'RETRY_USELESS');
});

it('what an earlier version cut to nothing, and blamed on the file, is prepared after all', async () => {
  const [cut, whole] = await withoutWorkshop(async () => {
    const ids = [await recorded(VIDEO, { trim: { startMs: 0, endMs: 600 } }), await recorded(VIDEO)];
    for (const id of ids) await blamedOnTheFile(id);
    return ids as [string, string];
  });
  expect(await reaching(whole, 'failed')).toMatchObject({ retryable: false });
  await agent.post(`recordings/${whole}/retry-processing`).expect(409, 'RETRY_USELESS');
  expect(await reaching(cut, 'failed')).toMatchObject({ retryable: true });
  await agent.post(`recordings/${cut}/retry-processing`).expect(202);
  expect(Math.abs((await reaching(cut, 'ready')).durationMs - 600)).toBeLessThan(100);
});

it('is for the members of its workspace alone', async () => {
  const id = await failed();
  await given(id);
  const { admin: stranger } = await app.workspace('Other');
  await stranger.post(`recordings/${id}/retry-processing`).expect(404, 'RECORDING_UNKNOWN');
  const reader = await app.apiKey(await app.workspace('Reader'), 'recordings:read');
  await reader.post(`recordings/${id}/retry-processing`).expect(403);
  await agent.delete(`recordings/${id}`).expect(202);
  await agent.post(`recordings/${id}/retry-processing`).expect(404, 'RECORDING_UNKNOWN');
});
