import { readFileSync } from 'node:fs';
import { Erasure } from '#platform/erasure/erasure.js';
import { EndRetentionHandler } from '#modules/recording/processors/end-retention.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
const DAY_MS = 86_400_000;
const never = new AbortController().signal;
let app: WholeApp;
beforeAll(async () => {
  app = await WholeApp.start();
});
afterAll(() => app?.stop());

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
/** Everything that the job does once that many days have passed. */
const afterDays = (days: number, signal = never) => app.get(EndRetentionHandler).endBy(inDays(days), signal);
const keeping = async (retentionDays: number) => {
  const workspace = await app.workspace();
  await workspace.admin.patch('workspace', { retentionDays }).expect(200);
  return workspace;
};
const asked = async ({ admin }: TestWorkspace, more: object = {}) => {
  const { body, headers } = await admin.post('recording-requests', { message: 'Show me', ...more }).expect(201);
  await admin.get(`recording-requests/${body.id}?after=${headers.get('screendesk-after')}`).expect(200);
  return body as { id: string; link: string };
};
const sent = async (workspace: TestWorkspace) => {
  const id = await (await app.customer((await asked(workspace)).link)).record(VIDEO);
  await eventually(() => workspace.admin.get(`recordings/${id}`).expect(200));
  return id;
};
const stays = async ({ admin }: TestWorkspace, id: string) =>
  expect((await admin.get(`recordings/${id}`).expect(200)).body.status).not.toBe('deleting');
const isErased = async ({ admin }: TestWorkspace, id: string) => {
  await eventually(() => admin.get(`recordings/${id}`).expect(404));
  expect(await app.get(KeyRing).isErased(id)).toBe(true);
};
const history = (stream: string) => app.get(EventStore).readStream(stream);
const deletions = async (id: string) =>
  (await history(`recording-${id}`)).filter(({ type }) => /Deletion|Erased/.test(type));

describe('a recording', () => {
  it('is told the day of its deletion, the same to the customer and the agent, and goes on that day', async () => {
    const [long, short] = [await keeping(90), await keeping(5)];
    const { link } = await asked(short);
    const customer = await app.customer(link);
    await customer.consent().expect(204);
    const screen = await customer.upload(VIDEO);
    const { body: receipt } = await customer.submit(screen.recordingId, [screen]).expect(200);
    expect(Date.parse(receipt.deletesAt) - Date.parse(receipt.receivedAt)).toBe(5 * DAY_MS);
    const [kept, gone] = [await sent(long), screen.recordingId];
    const { body } = await eventually(() => short.admin.get(`recordings/${gone}`).expect(200));
    expect(body.deletesAt).toBe(receipt.deletesAt);
    const code = link.split('/r/')[1];
    const { body: used } = await app.stranger().post('links/open', { code }).expect(410, 'LINK_USED');
    expect(used.deletesAt).toBe(receipt.deletesAt);
    await afterDays(4.99);
    for (const [workspace, id] of [
      [short, gone],
      [long, kept],
    ] as const)
      await stays(workspace, id);
    await afterDays(5.01);
    await isErased(short, gone);
    await stays(long, kept);
    expect((await history(`recording-${gone}`)).find(({ type }) => /Deletion/.test(type))!.meta).toMatchObject({
      actor: { kind: 'system', id: 'recording' },
      via: { kind: 'job', id: 'recording' },
      scope: { kind: 'workspace', id: short.id },
    });
    await afterDays(90.01);
    await isErased(long, kept);
  });

  it('keeps the day that was told when the workspace changes its period', async () => {
    const workspace = await keeping(5);
    const id = await sent(workspace);
    await workspace.admin.patch('workspace', { retentionDays: 3650 }).expect(200);
    await afterDays(5.01);
    await isErased(workspace, id);
  });

  it('that was sent before the day was fixed goes by the present period', async () => {
    const [workspace, other] = [await keeping(5), await keeping(50)];
    const [gone, kept] = [await sent(workspace), await sent(other)];
    await app.database.pool.query('UPDATE recording_v7.recording_list SET deletes_at = NULL WHERE id = ANY ($1)', [
      [gone, kept],
    ]);
    expect((await workspace.admin.get(`recordings/${gone}`).expect(200)).body.deletesAt).toBeNull();
    await afterDays(4.99);
    await stays(workspace, gone);
    await afterDays(5.01);
    await isErased(workspace, gone);
    await stays(other, kept);
  });

  it('is deleted once, however often and by however many that is done', async () => {
    const workspace = await keeping(5);
    const id = await sent(workspace);
    await Promise.all([afterDays(6), afterDays(6)]);
    await afterDays(6);
    await isErased(workspace, id);
    await afterDays(6);
    expect((await deletions(id)).map(({ type }) => type)).toEqual(['RecordingDeletionRequested', 'RecordingErased']);
  });

  it('is not forgotten when the worker dies among many', async () => {
    const workspace = await keeping(5);
    const ids = [await sent(workspace), await sent(workspace), await sent(workspace)];
    let done = 0;
    // As a process ends: no more than one recording into the run.
    const dying = {
      get aborted() {
        return done++ > 0;
      },
    } as AbortSignal;
    await afterDays(6, dying);
    const asked = async () => (await Promise.all(ids.map(deletions))).filter((events) => events.length).length;
    expect(await asked()).toBe(1);
    await afterDays(6);
    for (const id of ids) await isErased(workspace, id);
  });
});

describe('the words of a request that nobody answered', () => {
  const wordsOf = async ({ admin }: TestWorkspace, id: string) =>
    (await admin.get(`recording-requests/${id}`).expect(200)).body;
  const areGone = async (workspace: TestWorkspace, id: string) => {
    await eventually(async () => expect((await wordsOf(workspace, id)).message).toBeNull());
    expect(await app.get(KeyRing).isErased(id)).toBe(true);
    const { rows } = await app.database.pool.query('SELECT 1 FROM es.event_pii WHERE subject = $1', [id]);
    expect(rows).toEqual([]);
    const erasures = (await history(`recording_request-${id}`)).filter(({ type }) => type === 'RecordingRequestErased');
    expect(erasures.map(({ data }) => data.keyFingerprints)).toEqual([[expect.any(String)]]);
  };
  const cancelled = async (workspace: TestWorkspace) => {
    const { id, link } = await asked(workspace);
    await workspace.admin.post(`recording-requests/${id}/cancel`).expect(204);
    return { id, link };
  };
  const declined = async (workspace: TestWorkspace) => {
    const request = await asked(workspace, { expiresInHours: 24 });
    const customer = await app.customer(request.link);
    await customer.api.post('customer/decline', { reason: 'Rather not' }).expect(204);
    return request;
  };

  it('go as long after its end as a recording would have stayed', async () => {
    const [short, long] = [await keeping(5), await keeping(90)];
    const withdrawn = await cancelled(short);
    const refused = await declined(short);
    const ignored = await asked(short, { expiresInHours: 24 });
    const [elsewhere, answered] = [await cancelled(long), await sent(long)];
    await eventually(async () => expect((await wordsOf(short, refused.id)).status).toBe('declined'));
    await eventually(async () => expect((await wordsOf(short, withdrawn.id)).status).toBe('cancelled'));
    await afterDays(4.99);
    for (const { id } of [withdrawn, refused, ignored]) expect((await wordsOf(short, id)).message).toBe('Show me');
    await afterDays(5.5);
    await areGone(short, withdrawn.id);
    for (const { id } of [refused, ignored]) expect((await wordsOf(short, id)).message).toBe('Show me');
    await afterDays(6.01);
    for (const { id } of [refused, ignored]) await areGone(short, id);
    expect((await wordsOf(long, elsewhere.id)).message).toBe('Show me');
    await stays(long, answered);
  });

  it('leave a request that keeps its ending, and that nobody can revive', async () => {
    const workspace = await keeping(5);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const input = { message: 'Once more', expiresInHours: 1 };
    const { body } = await workspace.admin.post('recording-requests', input, key).expect(201);
    const ended = await cancelled(workspace);
    await eventually(() => workspace.admin.get(`recording-requests/${body.id}`).expect(200));
    await eventually(async () => expect((await wordsOf(workspace, ended.id)).status).toBe('cancelled'));
    await afterDays(6);
    for (const id of [body.id, ended.id]) await areGone(workspace, id);
    expect((await wordsOf(workspace, ended.id)).status).toBe('cancelled');
    await workspace.admin.post(`recording-requests/${body.id}/remind`).expect(410, 'REQUEST_ERASED');
    await workspace.admin.post('recording-requests', input, key).expect(410, 'REQUEST_ERASED');
    const open = (link: string) => app.stranger().post('links/open', { code: link.split('/r/')[1] });
    await open(body.link).expect(410, 'LINK_EXPIRED');
    await open(ended.link).expect(410, 'LINK_CANCELLED');
  });

  it('are noted as gone also when the worker died right after destroying them, and once', async () => {
    const workspace = await keeping(5);
    const { id } = await cancelled(workspace);
    await eventually(async () => expect((await wordsOf(workspace, id)).status).toBe('cancelled'));
    await app.get(Erasure).erase(id);
    await Promise.all([afterDays(6), afterDays(6)]);
    await areGone(workspace, id);
    await afterDays(6);
    await areGone(workspace, id);
  });

  it('stay when the agent asked again in time', async () => {
    const workspace = await keeping(5);
    const { id } = await asked(workspace, { expiresInHours: 1 });
    await workspace.admin.post(`recording-requests/${id}/remind`, { expiresInHours: 48 }).expect(200);
    await afterDays(6);
    expect((await wordsOf(workspace, id)).message).toBe('Show me');
    expect(await app.get(KeyRing).isErased(id)).toBe(false);
  });
});
