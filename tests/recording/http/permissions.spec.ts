import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EventMetadata } from '#kernel/event.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { RateLimits } from '#platform/http/rate-limits.js';
import { type Route, routesOf } from '#platform/http/route-access.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import type { CustomerClient } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { bytesOf, runOut, viewingsIn } from '../../support/watching.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
let app: WholeApp;
let acme: TestWorkspace;
let other: TestWorkspace;
let customer: CustomerClient;
let recordingId: string;
let routes: Route[];

beforeAll(async () => {
  app = await WholeApp.start();
  [acme, other] = [await app.workspace('Acme'), await app.workspace('Other')];
  const { body } = await acme.admin.post('recording-requests', { customerName: 'Jane' }).expect(201);
  customer = await app.customer(body.link);
  recordingId = await customer.record(VIDEO);
  await prepared(recordingId);
  routes = routesOf(app.nest).filter(({ path }) => /^\/(api\/v1\/(recording|customer|events)|uploads)/.test(path));
});
afterAll(() => app?.stop());

async function prepared(id: string, far: string[] = ['ready']): Promise<string> {
  await eventually(async () => expect(far).toContain((await acme.admin.get(`recordings/${id}`)).body.status));
  return id;
}

const VIEWING = randomUUID();
const call = (client: ApiClient, { method, path }: Route, id: string) => {
  const under = { media: '?viewing=', camera: '?viewing=', download: '?download=' }[path.split('/').at(-1)!];
  const address = path.replace(':id', id).replace(/:\w+/, VIEWING) + (under ? under + VIEWING : '');
  return client.send(method, address, ['GET', 'DELETE', 'HEAD'].includes(method) ? undefined : {});
};
const forMembers = () => routes.filter(({ access }) => access && 'permission' in access);
const forCustomers = () => routes.filter(({ access }) => access && 'customer' in access);
const withIds = (all: Route[]) => all.filter(({ path }) => path.includes(':id'));
const problem = ({ status, body }: Answer) => ({ status, ...body, correlationId: null });

it("another workspace's ids are answered like unknown ones, on every route", async () => {
  const own = [recordingId, customer.view.requestId];
  expect(withIds(forMembers()).length).toBeGreaterThanOrEqual(9);
  for (const route of withIds(forMembers())) {
    const unknown = problem(await call(other.admin, route, randomUUID()));
    expect(unknown).toMatchObject({ status: 404 });
    for (const id of own) expect(problem(await call(other.admin, route, id))).toEqual(unknown);
  }
  for (const id of own)
    for (const list of ['recordings', 'recording-requests'])
      expect((await other.admin.get(`${list}?limit=100`).expect(200)).body.items).not.toContainEqual(
        expect.objectContaining({ id }),
      );
  expect((await acme.admin.get(`recordings/${recordingId}`).expect(200)).body.status).toBe('ready');
});

it("another request's recording is answered to a customer like an unknown one, and survives", async () => {
  const { body } = await other.admin.post('recording-requests').expect(201);
  const stranger = await app.customer(body.link);
  await stranger.consent().expect(204);
  const own = await stranger.upload(VIDEO);
  for (const id of [recordingId, randomUUID()]) {
    await stranger.discard(id).expect(404, 'RECORDING_UNKNOWN');
    await stranger.stay(id).expect(404, 'RECORDING_UNKNOWN');
    await stranger.putPoster(id).expect(404, 'RECORDING_UNKNOWN');
    await stranger.submit(id, [own]).expect(404, 'RECORDING_UNKNOWN');
    await stranger.createUpload({ recording: id, track: 'camera' }).expect(404, 'RECORDING_UNKNOWN');
  }
  const { rows } = await app.database.pool.query('SELECT subject FROM keys.subject_key WHERE erased_at IS NOT NULL');
  expect(rows).toEqual([]);
  await bytesOf(acme.admin, recordingId).expect(200);
});

it('a link opens no member’s route, a session no customer’s, and nothing opens any', async () => {
  const denied = async (client: ApiClient, route: Route, status: number, code: string) =>
    expect({ ...route, ...problem(await call(client, route, recordingId)) }).toMatchObject({ status, code });
  for (const route of forMembers()) {
    await denied(customer.api, route, 403, 'MEMBERS_ONLY');
    await denied(app.stranger(), route, 401, 'SIGN_IN_REQUIRED');
  }
  for (const route of forCustomers().filter(({ path }) => !path.startsWith('/uploads'))) {
    await denied(acme.admin, route, 403, 'CUSTOMER_ONLY');
    await denied(app.stranger(), route, 401, 'SIGN_IN_REQUIRED');
  }
});

it("a session is worth nothing on another site's page", async () => {
  const cookie = acme.admin.headers.cookie!;
  const elsewhere: Record<string, string>[] = [{ cookie }, { cookie, origin: 'https://evil.example' }];
  for (const headers of elsewhere)
    for (const route of forMembers().filter(({ method }) => method !== 'GET'))
      expect(await call(app.stranger(headers), route, recordingId)).toMatchObject({
        body: { code: 'ORIGIN_NOT_ALLOWED' },
      });
});

describe('watching is an event', () => {
  const begin = (client: ApiClient, what = 'viewings', body?: object, key?: string): Promise<Answer> =>
    client
      .post(`recordings/${recordingId}/${what}`, body, key === undefined ? {} : { 'idempotency-key': key })
      .expect(201);

  it('one for each sitting, by whom, of which recording and which copy, however much is read', async () => {
    const before = await viewingsIn(app);
    const { body: viewing, headers } = await begin(acme.admin);
    const { bytes } = await acme.admin.get(viewing.url).expect(200);
    for (let part = 0; part < 20; part++)
      await acme.admin.get(viewing.url, { range: `bytes=${Math.floor((bytes.length * part) / 20)}-` }).expect(206);
    await acme.admin.head(viewing.url).expect(200);
    expect(headers.get('location')).toBe(`/api/v1/recordings/${recordingId}/viewings/${viewing.id}`);
    expect((await acme.admin.get(headers.get('location')!).expect(200)).body).toEqual(viewing);
    const { body: reloaded } = await begin(acme.admin);
    expect(reloaded.id).not.toBe(viewing.id);
    expect(await viewingsIn(app)).toHaveLength(before.length + 2);
    const [seen] = await app.get(EventStore).readStream(`viewing-${viewing.id}`);
    const owner = { kind: 'recording_request', id: customer.view.requestId };
    expect(seen).toMatchObject({
      type: 'RecordingViewed',
      data: { viewingId: viewing.id, recordingId, owner, copy: 'seekable', camera: false },
      meta: { actor: { kind: 'member', id: acme.adminId }, via: { kind: 'session' }, scope: { id: acme.id } },
    });
    expect(Date.parse(viewing.expiresAt) - Date.now()).toBeGreaterThan(3_600_000);
  });

  it('a download too, and the address that it answers gives the file, with its name, as often as it breaks off', async () => {
    const key = await app.apiKey(acme, 'recordings:read');
    const { body: download, headers } = await begin(key, 'downloads');
    for (const range of [{}, { range: 'bytes=5-' }] as Record<string, string>[]) {
      const { status, headers: told } = await key.get(download.url, range);
      expect([200, 206]).toContain(status);
      expect(told.get('content-disposition')).toMatch(/^attachment; filename="recording-[0-9a-f]{8}\.webm"$/);
    }
    expect((await key.get(headers.get('location')!).expect(200)).body).toEqual(download);
    const history = await app.get(EventStore).readStream(`viewing-${download.id}`);
    expect(history.map(({ type, data, meta }) => [type, data.copy, (meta as EventMetadata).actor.kind])).toEqual([
      ['RecordingDownloaded', 'seekable', 'api_key'],
    ]);
    await key.post(`recordings/${recordingId}/downloads`, { variant: 'mp4' }).expect(404, 'MEDIA_NOT_THERE');
    await key.post(`recordings/${recordingId}/downloads`, { variant: 'original' }).expect(400, 'INPUT_INVALID');
  });

  it('pressed twice, or at once, is one', async () => {
    const before = await viewingsIn(app);
    for (const what of ['viewings', 'downloads']) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => begin(acme.admin, what, {}, `${what}-twice`)));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    }
    expect(await viewingsIn(app)).toHaveLength(before.length + 2);
    const colleague = await app.agent(acme);
    const { body: theirs } = await begin(colleague, 'viewings', {}, 'viewings-twice');
    await colleague.get(theirs.url).expect(200);
    const ofAnother = `recordings/${await another()}/viewings`;
    const { body: of } = await acme.admin.post(ofAnother, {}, { 'idempotency-key': 'viewings-twice' }).expect(201);
    await acme.admin.get(of.url).expect(200);
    expect(await viewingsIn(app)).toHaveLength(before.length + 4);
  });

  it('and nobody gets a byte without one of their own, of this very recording, whose time is not up', async () => {
    const { body: viewing } = await begin(acme.admin);
    const { body: download } = await begin(acme.admin, 'downloads');
    const id = await another();
    const key = await app.apiKey(acme, 'recordings:read');
    const at = (id: string, what: string) => `recordings/${id}/${what}`;
    for (const client of [await app.agent(acme), key, other.admin])
      for (const begun of [viewing.url, download.url, at(recordingId, `viewings/${viewing.id}`)])
        await client.get(begun).expect(404, 'VIEWING_UNKNOWN');
    for (const what of [
      at(id, `media?viewing=${viewing.id}`),
      at(id, `download?download=${download.id}`),
      at(recordingId, `media?viewing=${download.id}`),
      at(recordingId, `camera?viewing=${randomUUID()}`),
      at(recordingId, `download?download=${viewing.id}`),
    ])
      await acme.admin.get(what).expect(404, 'VIEWING_UNKNOWN');
    const none = ['media', 'camera', 'download', 'download?variant=mp4'];
    for (const what of [...none, 'media?viewing='])
      await acme.admin.get(at(recordingId, what)).expect(400, 'VIEWING_REQUIRED');
    for (const [what, field] of [
      ['media?viewing=7', 'viewing'],
      [`media?viewing=${viewing.id}&viewing=${viewing.id}`, 'viewing'],
      ['download?download=abc', 'download'],
      ['viewings/abc', 'viewingId'],
    ] as const) {
      const { body } = await acme.admin.get(at(recordingId, what)).expect(400);
      if (body.code !== 'VIEWING_REQUIRED') expect(body).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field }] });
    }
    await acme.admin.get(viewing.url).expect(200);
    for (const what of ['poster', 'storyboard'])
      expect((await acme.admin.get(at(recordingId, what))).body?.code).not.toBe('VIEWING_REQUIRED');
    const [seen] = await app.get(EventStore).readStream(`viewing-${viewing.id}`);
    const over = await runOut(app, seen!);
    for (const what of [`media?viewing=${over}`, `camera?viewing=${over}`, `viewings/${over}`])
      await acme.admin.get(at(recordingId, what)).expect(410, 'VIEWING_OVER');
  });

  it('or as many as anybody needs, counted for each who begins them and not for where they sit', async () => {
    const busy = await app.apiKey(acme, 'recordings:read');
    const { body } = await begin(busy);
    const [begun] = await app.get(EventStore).readStream(`viewing-${body.id}`);
    const rest = { name: 'viewings_begun', points: 1200, perSeconds: 600 };
    await app.get(RateLimits).take(rest, `api_key ${(begun!.meta as EventMetadata).actor.id}`, 1199);
    for (const what of ['viewings', 'downloads']) {
      const refused = await busy.post(`recordings/${recordingId}/${what}`).expect(429, 'RATE_LIMITED');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await busy.get(body.url).expect(200);
    await begin(acme.admin);
  });

  it('but of no recording that is not there', async () => {
    const before = await viewingsIn(app);
    for (const [client, id] of [
      [acme.admin, randomUUID()],
      [other.admin, recordingId],
    ] as const)
      // prettier-ignore
      for (const what of ['viewings', 'downloads'])
        await client.post(`recordings/${id}/${what}`).expect(404, 'RECORDING_UNKNOWN');
    expect(await viewingsIn(app)).toHaveLength(before.length);
  });

  /** Another recording of the workspace that can be watched. */
  async function another(): Promise<string> {
    const { body } = await acme.admin.post('recording-requests', { customerName: 'Joe' }).expect(201);
    const joe = await app.customer(body.link);
    await joe.consent().expect(204);
    return prepared(await joe.record(VIDEO), ['received', 'processing', 'ready']);
  }
});
