import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProcessingNotes } from '#modules/recording/processors/processing-notes.js';
import { RemoveSegmentsHandler } from '#modules/recording/processors/remove-segments.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import type { ApiClient } from '../../support/api-client.js';
import type { CustomerClient } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { follow } from '../../support/event-stream.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const fixture = (name: string) => readFileSync(`tests/fixtures/media/${name}`);
const VIDEO = fixture('vp8-opus.webm');
let app: WholeApp;
let acme: TestWorkspace;
let agent: ApiClient;
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  agent = acme.admin;
});
afterAll(() => app?.stop());

async function consenting(): Promise<CustomerClient> {
  const { body } = await agent.post('recording-requests', { customerName: 'Jane' }).expect(201);
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  return customer;
}
const recorded = async (bytes: Buffer, said: object = {}) => (await consenting()).record(bytes, said);
const reaching = (id: string, status: string) =>
  eventually(async () => {
    const { body } = await agent.get(`recordings/${id}`).expect(200);
    expect(body.status).toBe(status);
    return body;
  });
const media = (id: string, headers: Record<string, string> = {}, what = 'media') =>
  agent.get(`recordings/${id}/${what}`, headers);
const objectsOf = async (id: string) => {
  const keys = [];
  for await (const { key } of app.get(ObjectStorage).list(`recordings/${id}/`)) keys.push(key.split('/')[2]!);
  return keys;
};

/** As when the disk for temporary files is not there: the worker fails, and tries again later. */
const workshop = () => join(app.directory, 'data', 'tmp', 'media');
async function withoutWorkshop<T>(work: () => Promise<T>): Promise<T> {
  await rm(workshop(), { recursive: true, force: true });
  await mkdir(join(app.directory, 'data', 'tmp'), { recursive: true });
  await writeFile(workshop(), '');
  try {
    return await work();
  } finally {
    await rm(workshop());
  }
}

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
    for (const what of ['', '/media', '/camera', '/poster', '/storyboard', '/download', '/download?variant=mp4'])
      await agent.get(`recordings/${screen.recordingId}${what}`).expect(404);
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
      expect(answer.bytes).toHaveLength(0);
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
    for (const headers of [{}, { range: 'bytes=0-9' }] as Record<string, string>[]) {
      const head = await agent.head(`recordings/${id}/media`, headers).expect(200);
      expect(head.headers.get('content-length')).toBe(String(size));
      expect(head.bytes).toHaveLength(0);
    }
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
    for (const what of ['media', 'camera', 'download', 'download?variant=recording', 'download?variant=mp4'])
      await media(id, {}, what).expect(404, 'MEDIA_NOT_THERE');
  });
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
        `UPDATE bullmq.job SET attempts_started = 50 WHERE state = 'delayed' AND data->>'recordingId' = $1`,
        [id],
      );
      expect(rowCount).toBe(1);
    });

  it('ends in a state that says so', async () => {
    const id = await withoutWorkshop(async () => {
      const id = await recorded(VIDEO);
      await deadly(id);
      return id;
    });
    expect(await reaching(id, 'failed')).toMatchObject({
      progress: null,
      failure: expect.stringMatching(/download/) as string,
    });
    expect((await media(id, {}, 'download').expect(200)).bytes.equals(VIDEO)).toBe(true);
  });
});

it('what is seekable is shown without pictures when none can be made, and what arrived goes all the same', async () => {
  const customer = await consenting();
  const id = await withoutWorkshop(async () => {
    const id = await customer.record(randomBytes(5000));
    const ids = { recordingId: id, requestId: customer.view.requestId };
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

describe('the library', () => {
  it('finds by words, ticket, status and time, in its own workspace', async () => {
    const reference = `T-${randomBytes(4).toString('hex')}`;
    const asked = {
      customerName: 'Zoë Quist',
      message: 'Invoice page',
      ticket: { reference, subject: 'Broken button' },
    };
    const { body } = await agent.post('recording-requests', asked).expect(201);
    const id = await (await app.customer(body.link)).record(VIDEO, { note: 'See the spinner' });
    await reaching(id, 'ready');
    const found = async (filter: string) =>
      (await agent.get(`recordings?${filter}`).expect(200)).body.items.map((one: { id: string }) => one.id);
    const now = Date.now();
    const at = (ms: number) => encodeURIComponent(new Date(now + ms).toISOString());
    for (const filter of [
      'q=quist+SPINNER',
      'q=broken',
      `q=${reference}`,
      `ticket=${reference}`,
      `ticket=${reference}&status=ready`,
    ])
      expect(await found(filter)).toEqual([id]);
    expect(await found(`from=${at(-60_000)}&to=${at(60_000)}&limit=1`)).toEqual([id]);
    for (const filter of [
      'q=quist+nothing',
      `ticket=${reference}&status=failed`,
      `ticket=${reference}x`,
      `from=${at(60_000)}`,
    ])
      expect(await found(filter)).toEqual([]);
    const other = await app.workspace('Other');
    expect((await other.admin.get(`recordings?ticket=${reference}`).expect(200)).body.items).toEqual([]);
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const { body: page } = await agent.get(`recordings?limit=2${cursor}`).expect(200);
      pages.push(...page.items.map((one: { id: string }) => one.id));
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(pages).toEqual(await found('limit=100'));
    expect(new Set(pages).size).toBe(pages.length);
  });
});
