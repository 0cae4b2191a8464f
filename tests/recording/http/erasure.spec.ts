import type { RemovedByStore } from '#kernel/removed.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MadeFiles } from '#modules/media/made-files/made-files.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing, SubjectErased } from '#platform/key-ring/key-ring.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import type { ApiClient } from '../../support/api-client.js';
import { eventually } from '../../support/eventually.js';
import { filesWith, tablesWith, walWith, wordsIn } from '../../support/leaks.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
const mark = () => randomBytes(6).toString('hex');
const said = {
  customerName: `Wilhelmina ${mark()}`,
  customerEmail: `${mark()}@wilhelmina.example`,
  message: `Please show me ${mark()}`,
  subject: `Cannot log in ${mark()}`,
  url: `https://help.example/${mark()}`,
  note: `It happens here ${mark()}`,
  reason: `I would rather not ${mark()}`,
  browser: `Netscape ${mark()}`,
};
const { customerName, customerEmail, message, subject, url, note, reason, browser } = said;
const key = { 'idempotency-key': randomUUID() };
const input = { customerName, customerEmail, message, ticket: { reference: 'T-1', subject, url } };
let app: WholeApp;
let acme: TestWorkspace;
let agent: ApiClient;
let lsn: string;
let requestId: string;
let link: string;
let recordingId: string;

const ask = async () => (await agent.post('recording-requests', input).expect(201)).body;
const ready = (id: string) =>
  eventually(async () => {
    const { body } = await agent.get(`recordings/${id}`).expect(200);
    expect(body).toMatchObject({ status: 'ready', hasPoster: true });
    return body;
  });
/** What the customer is told who comes back to the link. */
const linkSays = (code: string) =>
  app
    .stranger()
    .post('links/open', { code: link.split('/r/')[1] })
    .expect(410, code);
const objectsOf = async (id: string) => {
  const keys = [];
  for await (const { key } of app.get(ObjectStorage).list(`recordings/${id}/`)) keys.push(key);
  return keys;
};

beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  agent = acme.admin;
  const { rows } = await app.database.pool.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn');
  lsn = rows[0]!.lsn;
  const { body } = await agent.post('recording-requests', input, key).expect(201);
  requestId = body.id;
  link = body.link;
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  const screen = await customer.upload(VIDEO);
  const camera = await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
  recordingId = screen.recordingId;
  await customer.putPoster(recordingId).expect(204);
  await customer.submit(recordingId, [screen, camera], { note }).expect(200);
  await ready(recordingId);
  const unwilling = await app.customer((await ask()).link);
  await unwilling.api.post('customer/unsupported', { reason: 'no-recorder', browser }).expect(204);
  await unwilling.api.post('customer/decline', { reason }).expect(204);
});
afterAll(() => app?.stop());

describe('what people said and showed', () => {
  const words = Object.values(said);

  it('can be read by who may', async () => {
    const { body } = await agent.get(`recordings/${recordingId}`).expect(200);
    expect(body).toMatchObject({ customerName, message, note, ticket: { reference: 'T-1', subject, url } });
    const { body: list } = await agent.get(`recordings?q=${encodeURIComponent(note)}`).expect(200);
    expect(list.items).toHaveLength(1);
  });

  it('lies in no table, no queue, no log line and not in the write-ahead log', async () => {
    expect(await tablesWith(app.database.pool, [requestId])).not.toEqual([]);
    expect(await tablesWith(app.database.pool, words)).toEqual([]);
    const { rows } = await app.database.pool.query("SELECT 1 FROM pg_tables WHERE schemaname = 'bullmq'");
    expect(rows.length).toBeGreaterThan(0);
    expect(wordsIn(app.log(), words)).toEqual([]);
    expect(await walWith(app.database.pool, lsn, [requestId])).not.toEqual([]);
    expect(await walWith(app.database.pool, lsn, words)).toEqual([]);
  });

  it('lies sealed on the disk', async () => {
    const pictures = [VIDEO.toString('latin1', 5000, 5040), VIDEO.toString('latin1', 20_000, 20_040)];
    expect((await objectsOf(recordingId)).length).toBeGreaterThan(4); // two uploads, and what was made of them
    expect(await filesWith(join(app.directory, 'data'), [...words, ...pictures])).toEqual([]);
  });
});

describe('deleting a recording', () => {
  let viewed: { id: string; url: string; cameraUrl: string };

  it('hides it in the same moment', async () => {
    viewed = (await agent.post(`recordings/${recordingId}/viewings`).expect(201)).body;
    const { body: download } = await agent.post(`recordings/${recordingId}/downloads`, {}).expect(201);
    for (const begun of [viewed.url, viewed.cameraUrl, download.url]) await agent.get(begun).expect(200);
    expect((await linkSays('LINK_USED')).body).toHaveProperty('deletesAt');
    await agent.delete(`recordings/${recordingId}`).expect(202);
    const receipt = (await linkSays('RECORDING_DELETED')).body;
    expect(receipt).toMatchObject({ reference: recordingId.slice(0, 8).toUpperCase(), receivedAt: expect.any(String) });
    expect(receipt).not.toHaveProperty('deletesAt');
    const { status, body } = await agent.get(`recordings/${recordingId}`);
    if (status === 200)
      expect(body).toMatchObject({
        status: 'deleting',
        customerName: null,
        note: null,
        message: null,
        ticket: { subject: null },
      });
    else expect(status).toBe(404);
    for (const gone of [viewed.url, viewed.cameraUrl, download.url, `recordings/${recordingId}/poster`])
      await agent.get(gone).expect(404, 'MEDIA_NOT_THERE');
    for (const what of ['viewings', 'downloads'])
      await agent.post(`recordings/${recordingId}/${what}`, {}).expect(404, 'RECORDING_UNKNOWN');
    const { body: list } = await agent.get('recordings?limit=100').expect(200);
    expect(list.items).not.toContainEqual(expect.objectContaining({ id: recordingId }));
  });

  it('destroys keys, objects, sealed words and rows, and says so in the log', async () => {
    await eventually(() => agent.get(`recordings/${recordingId}`).expect(404, 'RECORDING_UNKNOWN'));
    expect(await objectsOf(recordingId)).toEqual([]);
    for (const subject of [recordingId, requestId]) expect(await app.get(KeyRing).isErased(subject)).toBe(true);
    const count = async (sql: string) => (await app.database.pool.query(sql, [requestId])).rowCount;
    expect(await count('SELECT 1 FROM es.event_pii WHERE subject = $1')).toBe(0);
    expect(
      await count(
        'SELECT 1 FROM recording.segment s JOIN recording.upload u ON u.id = s.upload_id WHERE u.request_id = $1',
      ),
    ).toBe(0);
    expect(await count('SELECT 1 FROM recording_v6.request_list WHERE id = $1 AND words IS NOT NULL')).toBe(0);
    const history = await app.get(EventStore).readStream(`recording-${recordingId}`);
    const { type, data } = history.at(-1)!;
    expect({ type, ...data }).toMatchObject({
      type: 'RecordingErased',
      keyFingerprints: [expect.any(String), expect.any(String)],
    });
    const { 'media objects': media, events } = data.removed as RemovedByStore;
    expect(media!.objects).toBeGreaterThan(2);
    expect(events!.sealedParts).toBeGreaterThan(0);
  });

  it('leaves in the log that it was watched, and by whom', async () => {
    const [seen] = await app.get(EventStore).readStream(`viewing-${viewed.id}`);
    const { body } = await agent.get('session').expect(200);
    expect(seen).toMatchObject({
      type: 'RecordingViewed',
      data: { recordingId, owner: { kind: 'recording_request', id: requestId } },
      meta: { actor: { kind: 'member', id: body.member.id }, via: { kind: 'session' } },
      sealed: [],
    });
    await agent.get(viewed.url).expect(404, 'MEDIA_NOT_THERE');
  });

  it('leaves a request without words, that cannot be revived', async () => {
    const { body } = await agent.get(`recording-requests/${requestId}`).expect(200);
    expect(body).toMatchObject({
      status: 'received',
      customerName: null,
      customerEmail: null,
      message: null,
      recordingId: null,
    });
    expect(body.ticket).toEqual({ connector: 'manual', reference: 'T-1', subject: null, url: null });
    await agent.post(`recording-requests/${requestId}/remind`).expect(409, 'ALREADY_RECEIVED');
    await agent.post('recording-requests', input, key).expect(410, 'REQUEST_ERASED');
    await agent.delete(`recordings/${recordingId}`).expect(404);
    await linkSays('RECORDING_DELETED');
  });

  it('touches nothing else', async () => {
    const { body } = await agent.get('recording-requests?status=declined').expect(200);
    expect(body.items[0]).toMatchObject({ customerName, message });
  });

  it('twice is deleting once', async () => {
    const id = await (await app.customer((await ask()).link)).record(VIDEO);
    await eventually(() => agent.get(`recordings/${id}`).expect(200));
    const answers = await Promise.all([1, 2, 3].map(() => agent.delete(`recordings/${id.toUpperCase()}`)));
    for (const { status } of answers) expect([202, 404]).toContain(status);
    await eventually(() => agent.get(`recordings/${id}`).expect(404));
    const history = (await app.get(EventStore).readStream(`recording-${id}`)).map(({ type }) => type);
    expect(history.filter((type) => /Deletion|Erased/.test(type))).toEqual([
      'RecordingDeletionRequested',
      'RecordingErased',
    ]);
    expect(await app.get(EventStore).readStream(`recording-${id.toUpperCase()}`)).toEqual([]);
  });

  it('leaves nothing of a file that was just being made of it', async () => {
    const id = await (await app.customer((await ask()).link)).record(VIDEO);
    await eventually(async () => expect((await agent.get(`recordings/${id}`)).body?.status).toBe('ready'));
    const slow = new Readable({ read: () => undefined });
    slow.push(randomBytes(300_000));
    const making = app
      .get(MadeFiles)
      .keep(id, 'mp4', slow)
      .then(
        () => null,
        (error: unknown) => error,
      );
    await agent.delete(`recordings/${id}`).expect(202);
    await eventually(async () => expect(await app.get(KeyRing).isErased(id)).toBe(true));
    await eventually(() => agent.get(`recordings/${id}`).expect(404));
    slow.push(null);
    expect(await making).toBeInstanceOf(SubjectErased);
    expect(await objectsOf(id)).toEqual([]);
  });
});

describe('while a recording is prepared by a tool that never ends', () => {
  let slow: WholeApp;
  let tool: string;
  const folders = () => readdir(join(slow.directory, 'data', 'tmp', 'media')).catch(() => []);
  const toolsRunning = () =>
    spawnSync('pgrep', ['-fc', `^/bin/sh ${tool}`])
      .stdout.toString()
      .trim();

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'screendesk-tool-'));
    tool = join(folder, 'ffmpeg');
    const encoders = 'echo " libx264 libvpx-vp9 libvpx libopus aac mjpeg "';
    const choice = `[ "$1" = -version ] && { echo "ffmpeg version 9.9 here"; exit; }\n[ "$2" = -encoders ] && { ${encoders}; exit; }`;
    await writeFile(tool, `#!/bin/sh\n${choice}\nsleep 1000\n`, { mode: 0o755 });
    slow = await WholeApp.start({ FFMPEG: tool });
  });
  afterAll(() => slow?.stop());

  it('its deletion ends the work and takes along what lies in the clear; nobody else waits for it', async () => {
    const [one, other] = [await slow.workspace('One'), await slow.workspace('Other')];
    const record = async ({ admin }: TestWorkspace) => {
      const { body } = await admin.post('recording-requests', { customerName: 'Jane' }).expect(201);
      return (await slow.customer(body.link)).record(VIDEO);
    };
    const [first] = [await record(one), await record(one), await record(one)];
    await eventually(() => expect(slow.log()).toMatch(/Media tools (are held by bubblewrap|run as users)/));
    await eventually(async () => expect([toolsRunning(), (await folders()).length]).toEqual(['1', 1]));
    const [folder] = await folders();
    const others = await record(other);
    await eventually(async () => expect([toolsRunning(), (await folders()).length]).toEqual(['2', 2]));
    await one.admin.delete(`recordings/${first}`).expect(202);
    await eventually(async () => expect(await folders()).not.toContain(folder), 15_000);
    await other.admin.delete(`recordings/${others}`).expect(202);
    // The next of the first workspace has its turn, and nothing of the second is left.
    await eventually(async () => expect([toolsRunning(), (await folders()).length]).toEqual(['1', 1]), 15_000);
  });
});
