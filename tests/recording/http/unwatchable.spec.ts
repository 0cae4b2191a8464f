import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ProcessingNotes } from '#modules/media/processors/processing-notes.js';
import { RemoveSegmentsHandler } from '#modules/media/processors/remove-segments.js';
import { UnfinishedMedia } from '#modules/media/processors/unfinished-media.js';
import { UploadedMedia } from '#modules/media/playback/uploaded-media.js';
import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { eventually } from '../../support/eventually.js';
import {
  VIDEO,
  app,
  acme,
  consenting,
  given,
  recorded,
  reaching,
  media,
  objectsOf,
  withoutWorkshop,
} from './media-ground.js';

describe('what the customer cut off', () => {
  const trim = { startMs: 0, endMs: 600 };
  it('is never shown: not before, not after, and in the end is nowhere', async () => {
    const id = await withoutWorkshop(async () => {
      const customer = await consenting();
      const screen = await customer.upload(VIDEO);
      const camera = await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
      await customer.submit(screen.recordingId, [screen, camera], { trim }).expect(200);
      expect(await reaching(screen.recordingId, 'received')).toMatchObject({ chunksPlayable: false });
      for (const what of ['media', 'camera', 'download', 'download?variant=recording', 'download?variant=mp4'])
        await media(screen.recordingId, {}, what).expect(404, 'MEDIA_NOT_THERE');
      return screen.recordingId;
    });
    const { durationMs } = await reaching(id, 'ready');
    expect(durationMs).toBeLessThan(900);
    for (const what of ['media', 'camera', 'download', 'download?variant=recording'])
      expect((await media(id, {}, what).expect(200)).bytes.length).toBeLessThan(VIDEO.length);
    await media(id, {}, 'download?variant=original').expect(400, 'INPUT_INVALID');
    await app
      .get(RemoveSegmentsHandler)
      .run({ recordingId: id, workspaceId: acme.id, correlationId: id, causationId: id });
    expect([...new Set(await objectsOf(id))]).toEqual(['made']);
  });

  it('stays hidden when the rest cannot be processed, and nobody is told otherwise', async () => {
    const id = await recorded(randomBytes(5000), { trim });
    const { failure } = await reaching(id, 'failed');
    expect(failure).not.toMatch(/download/i);
    // What operators look for: why. No fault of theirs, so at a level that wakes nobody.
    await eventually(() => expect(app.log()).toMatch(/"stack":"[^"]*NOT_A_VIDEO.*was given what cannot be used/));
    expect(app.log()).not.toMatch(/"level":"error".*NOT_A_VIDEO/);
    for (const what of ['media', 'camera', 'download', 'download?variant=recording', 'download?variant=mp4'])
      await media(id, {}, what).expect(404, 'MEDIA_NOT_THERE');
  });
});

it('a camera of which nothing could be made stays as it arrived, sealed, beside the screen that plays', async () => {
  const customer = await consenting();
  const screen = await customer.upload(VIDEO);
  const id = screen.recordingId;
  const camera = await customer.upload(randomBytes(5000), { track: 'camera', recording: id });
  await customer.submit(id, [screen, camera]).expect(200);
  await reaching(id, 'ready');
  await app
    .get(RemoveSegmentsHandler)
    .run({ recordingId: id, workspaceId: acme.id, correlationId: id, causationId: id });
  const left = await app.get(UploadedMedia).track(id, 'camera');
  expect((await buffer(await left!.read({ start: 0, end: 4999 }))).length).toBe(5000);
  const screenLeft = await app.database.pool.query(
    `SELECT 1 FROM recording.segment JOIN recording.upload ON upload.id = upload_id WHERE recording_id = $1 AND track = 'screen'`,
    [id],
  );
  expect(screenLeft.rowCount).toBe(0);
  await media(id, {}, 'camera').expect(404);
});

describe('what is no video', () => {
  it.each([
    ['noise', randomBytes(20_000)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a video cut short', VIDEO.subarray(0, 200)],
  ])('%s ends in a state that says so, and can still be downloaded, safely', async (_, bytes) => {
    const id = await recorded(bytes);
    const { failure } = await reaching(id, 'failed');
    expect(failure).toMatch(/\w.*\.$/);
    const { headers, bytes: original } = await media(id, {}, 'download').expect(200);
    expect(original.equals(bytes)).toBe(true);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="recording-[0-9a-f]{8}\.webm"$/);
    expect(headers.get('content-type')).toBe('video/webm');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    await media(id, {}, 'poster').expect(404);
  });
});

describe('what brings down every worker', () => {
  const deadly = (id: string) =>
    eventually(async () => {
      const { rowCount } = await app.database.pool.query(
        `UPDATE bullmq.job SET stalled_count = 50 WHERE state = 'delayed' AND data->>'recordingId' = $1`,
        [id],
      );
      expect(rowCount).toBe(1);
    });

  it('ends in a state that says so, is kept, and is not begun again by the same workers', async () => {
    const id = await withoutWorkshop(async () => {
      const id = await recorded(VIDEO);
      await deadly(id);
      return id;
    });
    expect(await given(id)).toMatchObject({ progress: null, status: 'received', retryable: true });
    expect((await media(id, {}, 'download').expect(200)).bytes.equals(VIDEO)).toBe(true);
    await app.database.pool.query(`UPDATE recording.upload SET settled_at = settled_at - interval '1 hour'`);
    expect(
      (await app.get(UnfinishedMedia).find()).filter(({ streams }) => streams.includes(`recording-${id}`)),
    ).toEqual([]);
  });
});

it('what is seekable is shown without pictures when none can be made, and what arrived goes all the same', async () => {
  const customer = await consenting();
  const id = await withoutWorkshop(async () => {
    const id = await customer.record(randomBytes(5000));
    const ids = { recordingId: id, owner: ownerOf(customer.view.requestId) };
    const made = { mediaType: 'video/webm', durationMs: 1, width: 1, height: 1, bytes: 1, tool: 'ffmpeg' } as const;
    const cause = { workspaceId: acme.id, correlationId: id, causationId: id };
    await app.get(ProcessingNotes).note(cause, { type: 'RecordingMadeSeekable', data: { ...ids, ...made } });
    return id;
  });
  await eventually(async () => {
    const history = await app.get(EventStore).readStream(`recording-${id}`);
    expect(history.map(({ type }) => type)).toEqual(['RecordingMadeSeekable', 'RecordingPreviewed']);
  });
});
