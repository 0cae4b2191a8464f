import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Route, routesOf } from '#platform/http/route-access.js';
import type { Answer, ApiClient } from '../../support/api-client.js';
import type { CustomerClient } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
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
  await eventually(async () => {
    expect((await acme.admin.get(`recordings/${recordingId}`)).body.status).toBe('ready');
  });
  routes = routesOf(app.nest).filter(({ path }) => /^\/(api\/v1\/(recording|customer|events)|uploads)/.test(path));
});
afterAll(() => app?.stop());

const call = (client: ApiClient, { method, path }: Route, id: string) =>
  client.send(method, path.replace(':id', id), ['GET', 'DELETE', 'HEAD'].includes(method) ? undefined : {});
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
  await acme.admin.get(`recordings/${recordingId}/media`).expect(200);
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
