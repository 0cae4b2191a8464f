import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { RemoveSegmentsHandler } from '#modules/media/processors/remove-segments.js';
import { ObjectAltered, ObjectStorage } from '#platform/object-storage/object-storage.js';
import { eventually } from '../../support/eventually.js';
import { follow } from '../../support/event-stream.js';
import {
  fixture,
  VIDEO,
  app,
  acme,
  agent,
  consenting,
  recorded,
  reaching,
  media,
  objectsOf,
  withoutWorkshop,
  withStorageAway,
} from './media-ground.js';

describe('before Send', () => {
  it('the agent sees that there is a recording, and nothing of it', async () => {
    const stream = await follow(agent);
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.putPoster(screen.recordingId).expect(204);
    await eventually(async () => {
      const { body } = await agent.get(`recording-requests/${customer.view.requestId}`).expect(200);
      expect(body).toMatchObject({ status: 'recording', recordingId: null });
    });
    await agent.get(`recordings/${screen.recordingId}`).expect(404);
    for (const what of ['poster', 'storyboard'])
      await media(screen.recordingId, {}, what).expect(404, 'MEDIA_NOT_THERE');
    for (const what of ['media', 'camera', 'download', 'download?variant=mp4'])
      await media(screen.recordingId, {}, what).expect(404, 'RECORDING_UNKNOWN');
    await agent.delete(`recordings/${screen.recordingId}`).expect(404);
    const { body } = await agent.get('recordings?limit=100').expect(200);
    expect(body.items).not.toContainEqual(expect.objectContaining({ id: screen.recordingId }));
    expect(stream.changes.filter(({ kind }) => kind === 'recording')).toEqual([]);
    stream.close();
  });
});

describe('from Send on', () => {
  it('plays from what arrived, then from the seekable file, and never splices the two', async () => {
    const { id, before } = await withoutWorkshop(async () => {
      const id = await recorded(VIDEO, { note: 'There!' });
      const view = await reaching(id, 'received');
      expect(view).toMatchObject({ chunksPlayable: true, note: 'There!', customerName: 'Jane', bytes: VIDEO.length });
      const before = await media(id).expect(200);
      expect(before.bytes.equals(VIDEO)).toBe(true);
      const away = await withStorageAway(['get'], () => media(id).expect(503, 'TEMPORARILY_UNAVAILABLE'));
      expect(away.headers.get('retry-after')).toBe('5');
      const part = await media(id, { range: 'bytes=9990-20010' }).expect(206);
      expect(part.bytes.equals(VIDEO.subarray(9990, 20011))).toBe(true);
      return { id, before };
    });
    await reaching(id, 'ready');
    const etag = before.headers.get('etag')!;
    const after = await media(id, { range: 'bytes=9990-', 'if-range': etag }).expect(200);
    expect(after.headers.get('etag')).not.toBe(etag);
    const beyond = await media(id, { range: 'bytes=99999999-', 'if-range': etag }).expect(200);
    expect(beyond.bytes.equals(after.bytes)).toBe(true);
    const next = await media(id, { range: 'bytes=5-9', 'if-range': after.headers.get('etag')! }).expect(206);
    expect(next.bytes.equals(after.bytes.subarray(5, 10))).toBe(true);
    await app
      .get(RemoveSegmentsHandler)
      .run({ recordingId: id, workspaceId: acme.id, correlationId: id, causationId: id });
    expect(await objectsOf(id)).toEqual(['made']);
    expect((await media(id).expect(200)).bytes.equals(after.bytes)).toBe(true);
    for (const what of ['download', 'download?variant=recording'])
      expect((await media(id, {}, what).expect(200)).bytes.equals(after.bytes)).toBe(true);
  });

  it('keeps what arrived until what was made of it is seen to open', async () => {
    const id = await recorded(VIDEO);
    await reaching(id, 'ready');
    const [storage, key] = [app.get(ObjectStorage), `recordings/${id}/made/seekable`];
    const made = await buffer(await storage.get(key));
    const remove = () =>
      app.get(RemoveSegmentsHandler).run({ recordingId: id, workspaceId: acme.id, correlationId: id, causationId: id });
    for (const other of [randomBytes(made.length), made.subarray(0, -1)]) {
      await storage.put(key, other);
      await expect(remove()).rejects.toThrow(ObjectAltered);
      expect((await media(id).expect(503)).headers.get('retry-after')).toBe('5');
    }
    expect(new Set(await objectsOf(id))).not.toEqual(new Set(['made']));
    await storage.put(key, made);
    await remove();
    expect(new Set(await objectsOf(id))).toEqual(new Set(['made']));
  });

  it('answers ranges as players need them', async () => {
    const id = await recorded(VIDEO);
    await reaching(id, 'ready');
    const whole = await media(id).expect(200);
    const { bytes, headers } = whole;
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('content-type')).toBe('video/webm');
    expect(headers.get('cache-control')).toBe('private, no-store');
    const size = bytes.length;
    const partial = async (range: string, start: number, end: number) => {
      const answer = await media(id, { range }).expect(206);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`);
      expect(answer.bytes.equals(bytes.subarray(start, end + 1))).toBe(true);
    };
    await partial('bytes=0-0', 0, 0);
    await partial('bytes=100-', 100, size - 1);
    await partial(`bytes=100-${size + 50}`, 100, size - 1);
    await partial('bytes=-7', size - 7, size - 1);
    await partial(`bytes=-${size + 7}`, 0, size - 1);
    for (const range of [`bytes=${size}-`, 'bytes=-0', `bytes=${size + 1}-${size + 2}`]) {
      const answer = await media(id, { range }).expect(416);
      expect(answer.headers.get('content-range')).toBe(`bytes */${size}`);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ status: 416, code: 'RANGE_NOT_SATISFIABLE' });
    }
    for (const range of [
      'bytes=0-1,5-6',
      'lines=0-1',
      'bytes=',
      'bytes=a-b',
      'bytes=1-2-3',
      `bytes=0-${'9'.repeat(20)}`,
    ])
      expect((await media(id, { range }).expect(200)).bytes).toHaveLength(size);
    const { url } = (await agent.post(`recordings/${id}/viewings`).expect(201)).body;
    for (const headers of [{}, { range: 'bytes=0-9' }] as Record<string, string>[]) {
      const head = await agent.head(url, headers).expect(200);
      expect(head.headers.get('content-length')).toBe(String(size));
      expect(head.bytes).toHaveLength(0);
    }
    const etag = headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await media(id, { 'if-none-match': known, range: 'bytes=0-9' }).expect(304);
      expect([answer.headers.get('etag'), answer.bytes.length]).toEqual([etag, 0]);
    }
    await media(id, { 'if-none-match': '"other"', range: 'bytes=0-9' }).expect(206);
  });

  it('has another ETag while it is worked on, and is deleted only as the version that was seen', async () => {
    const id = await withoutWorkshop(async () => {
      const id = await recorded(VIDEO);
      const { version } = await reaching(id, 'received');
      expect(version).toBe(-1);
      const fraction = (of: number) =>
        app.cell.database.pool.query(
          'INSERT INTO recording.progress VALUES ($1, $2) ON CONFLICT (recording_id) DO UPDATE SET fraction = $2',
          [id, of],
        );
      await fraction(0.25);
      const quarter = await agent.get(`recordings/${id}`).expect(200);
      await fraction(0.5);
      await agent.get(`recordings/${id}`, { 'if-none-match': quarter.headers.get('etag')! }).expect(200);
      await agent.delete(`recordings/${id}`, { 'if-match': '"7"' }).expect(412, 'STALE_VERSION');
      return id;
    });
    await reaching(id, 'ready');
    await agent.post(`recordings/${id}/retry-processing`, undefined, { 'if-match': '"-1"' }).expect(412);
    await agent.delete(`recordings/${id}`, { 'if-match': '"-1"' }).expect(412, 'STALE_VERSION');
    await eventually(async () => {
      const { version } = await reaching(id, 'ready'); // pictures may still come
      await agent.delete(`recordings/${id}`, { 'if-match': `"${version}"` }).expect(202);
    });
  });

  it('keeps the camera beside the screen, as what it is', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const options = { track: 'camera', recording: screen.recordingId, mediaType: 'video/mp4' } as const;
    const camera = await customer.upload(fixture('h264-opus.mp4'), options);
    await customer.submit(screen.recordingId, [screen, camera]).expect(200);
    const id = screen.recordingId;
    expect(await reaching(id, 'ready')).toMatchObject({ camera: true });
    await app
      .get(RemoveSegmentsHandler)
      .run({ recordingId: id, workspaceId: acme.id, correlationId: id, causationId: id });
    const answer = await media(id, {}, 'camera').expect(200);
    expect(answer.headers.get('content-type')).toBe('video/mp4');
    expect(answer.bytes.subarray(4, 8).toString()).toBe('ftyp');
  });

  it('does without a camera that is no video', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const camera = await customer.upload(randomBytes(5000), { track: 'camera', recording: screen.recordingId });
    await customer.submit(screen.recordingId, [screen, camera]).expect(200);
    await reaching(screen.recordingId, 'ready');
    await media(screen.recordingId, {}, 'camera').expect(404);
  });
});
