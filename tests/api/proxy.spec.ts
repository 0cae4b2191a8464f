import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ApiClient } from '../support/api-client.js';
import { jpeg, sha256 } from '../support/customer-client.js';
import { eventually } from '../support/eventually.js';
import { PASSWORD, WholeApp, type TestWorkspace } from '../support/whole-app.js';
import { DescribedApi, type Document } from './described-api.js';
import { Proxied } from './proxied.js';
import { ValidatingProxy } from './validating-proxy.js';

/** Every route, as it succeeds and as it usually fails, held to the API's own description by a validating proxy. */

let app: WholeApp;
let acme: TestWorkspace;
let proxy: ValidatingProxy;
let api: DescribedApi;
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  const { body } = await app.stranger().get('/api/openapi.json').expect(200);
  api = new DescribedApi(body as Document);
  const { paths, ...rest } = body as Document;
  proxy = await ValidatingProxy.start({ ...rest, paths: { ...paths, ...PLANTED } }, app.url);
}, 90_000);
afterAll(async () => {
  await proxy?.stop();
  await app?.stop();
});

const as = (client: ApiClient) => Proxied.as(client, proxy.url, api);
const bearer = (token: string) => as(app.stranger({ authorization: `Bearer ${token}` }));
const wrong = true;
const NOBODY = randomUUID();
const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
const TUS = { 'tus-resumable': '1.0.0' };
const tag = (headers: Headers) => headers.get('etag')!;

/** Of addresses that are not there: what the proxy must mind about their 404. */
const PLANTED = {
  '/api/v1/planted-status': { get: { operationId: 'planted.status', responses: { 200: { description: 'Never.' } } } },
  '/api/v1/planted-shape': {
    get: {
      operationId: 'planted.shape',
      responses: {
        404: {
          description: 'Of another shape.',
          content: { 'application/problem+json': { schema: { type: 'object', required: ['nonsense'] } } },
        },
      },
    },
  },
};

it('minds errors that nobody declared, and those of another shape', async () => {
  const stranger = as(app.stranger());
  await expect(stranger.get('planted-status', 404)).rejects.toThrow(/Unable to match the returned status code/);
  await expect(stranger.get('planted-shape', 404)).rejects.toThrow(/must have required property 'nonsense'/);
});

it('signing in and out', async () => {
  const stranger = as(app.stranger({ origin: app.url }));
  const email = `ada@w-${acme.id.slice(0, 8)}.example`;
  const { headers } = await stranger.post('session', 200, { body: { email, password: PASSWORD } });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  await stranger.post('session', 401, { body: { email, password: 'not this one' } });
  await stranger.post('session', 400, { body: {}, wrong });
  await stranger.post('session', 415, {
    body: Buffer.from('email=x'),
    headers: { 'content-type': 'text/plain' },
    wrong,
  });
  await as(app.stranger({ origin: 'https://evil.example' })).post('session', 403, {
    body: { email, password: PASSWORD },
  });
  const member = as(app.stranger({ origin: app.url, cookie }));
  await member.get('session', 200);
  await stranger.get('session', 401, { wrong });
  const change = { currentPassword: 'wrong one', newPassword: 'another correct horse' };
  await member.put('session/password', 403, { body: change });
  const again = await member.put('session/password', 204, { body: { ...change, currentPassword: PASSWORD } });
  await as(app.stranger({ origin: app.url, cookie: again.headers.get('set-cookie')!.split(';')[0]! })).delete(
    'session',
    204,
  );
  acme = { ...acme, admin: await app.signIn(email, change.newPassword) };
});

it('the workspace, its members and its keys', async () => {
  const admin = as(acme.admin);
  const read = await admin.get('workspace', 200);
  await admin.get('workspace', 304, { headers: { 'if-none-match': tag(read.headers) } });
  await admin.patch('workspace', 200, { body: { accent: '#2F6F4F', retentionDays: 30 } });
  await admin.patch('workspace', 200, { body: { accent: null } });
  await admin.patch('workspace', 412, { body: { name: 'Other' }, headers: { 'if-match': tag(read.headers) } });
  await admin.patch('workspace', 400, { body: { name: 'a\nb' }, wrong });
  const person = { name: 'Bób Agent 🚀', email: 'bob@x.example', role: 'agent', password: PASSWORD };
  const { body } = await admin.post('members', 201, { body: person });
  await admin.post('members', 409, { body: person });
  await admin.post('members', 400, { body: { ...person, password: 'x' } });
  const agent = as(await app.signIn(person.email));
  await agent.get('members', 403);
  await admin.get('members?limit=1', 200);
  await admin.get('members?cursor=abc', 400);
  await admin.patch(`members/${body.id}`, 204, { body: { role: 'admin' } });
  await admin.patch(`members/${body.id}`, 412, { body: { role: 'agent' }, headers: { 'if-match': '"9"' } });
  await admin.patch(`members/${NOBODY}`, 404, { body: { role: 'agent' } });
  await admin.put(`members/${body.id}/password`, 204, { body: { password: 'quite another horse' } });
  await admin.put(`members/${acme.adminId}/password`, 409, { body: { password: 'quite another horse' } });
  await admin.delete(`members/${body.id}`, 204, { headers: { 'if-match': '"2"' } });
  await admin.delete(`members/${acme.adminId}`, 409);
  const wanted = { body: { name: 'Cp', scopes: ['requests:read'] }, headers: { 'idempotency-key': randomUUID() } };
  const made = await admin.post('api-keys', 201, wanted);
  await admin.post('api-keys', 409, wanted);
  await admin.post('api-keys', 400, { body: { name: '', scopes: ['all'] }, wrong });
  await admin.get('api-keys', 200);
  await bearer(made.body.key as string).post('recording-requests', 403);
  await admin.delete(`api-keys/${made.body.id}`, 204);
  await admin.delete(`api-keys/${NOBODY}`, 404);
});

it('requests, asked by a key: nobody in particular', async () => {
  const key = as(await app.apiKey(acme, 'requests:read', 'requests:write'));
  const everything = {
    customerName: 'Cäcilie p',
    customerEmail: 'c@x.example',
    message: 'Please show\nthe error',
    ticket: { reference: 'T-1', subject: 'Cp', url: 'https://help.example/1' },
    options: { microphone: 'on', camera: false, systemAudio: false, maxDurationMs: 60_000 },
    expiresInHours: 5,
  };
  const headers = { 'idempotency-key': randomUUID() };
  const made = await key.post('recording-requests', 201, { body: everything, headers });
  await key.post('recording-requests', 409, { body: { customerName: 'X' }, headers });
  const bare = await key.post('recording-requests', 201, { body: { customerName: null, ticket: null } });
  expect(bare.body.agent).toBeNull();
  await key.post('recording-requests', 201);
  await key.post('recording-requests', 400, { body: { customerEmail: 'no address' }, wrong });
  await key.post('recording-requests', 415, {
    body: Buffer.from('customerName=x'),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    wrong,
  });
  const read = await key.get(made.headers.get('location')!, 200);
  await key.get(made.headers.get('location')!, 304, { headers: { 'if-none-match': tag(read.headers) } });
  await key.get(`recording-requests?ticket=T-1&status=sent&after=${made.headers.get('screendesk-after')}`, 200);
  await key.get('recording-requests?limit=0', 400, { wrong });
  await key.get(`recording-requests/${NOBODY}`, 404);
  await key.get('recording-requests/nonsense', 400, { wrong });
  const one = `recording-requests/${made.body.id}`;
  await key.post(`${one}/remind`, 412, { headers: { 'if-match': '"5"' } });
  await key.post(`${one}/remind`, 200, { body: { expiresInHours: 1 } });
  await key.post(`${one}/cancel`, 204);
  await key.post(`${one}/remind`, 409);
});

it('the customer and the recording', async () => {
  const stranger = as(app.stranger());
  const request = async () => (await acme.admin.post('recording-requests', { customerName: 'Jane' }).expect(201)).body;
  const open = async () => {
    const { link } = (await request()) as { link: string };
    return (await stranger.post('links/open', 200, { body: { code: link.split('/r/')[1] } })).body;
  };
  await stranger.post('links/open', 404, { body: { code: 'no-such-code' } });
  const cancelled = (await request()) as { id: string; link: string };
  await acme.admin.post(`recording-requests/${cancelled.id}/cancel`).expect(204);
  await stranger.post('links/open', 410, { body: { code: cancelled.link.split('/r/')[1] } });
  await bearer((await open()).token).post('customer/decline', 204, { body: { reason: 'Not today' } });
  const unsupported = { reason: 'no-recorder', browser: 'Lynx on Linux' };
  await bearer((await open()).token).post('customer/unsupported', 204, { body: unsupported });

  const { token } = await open();
  const customer = bearer(token);
  const webm = { ...TUS, 'upload-metadata': `filetype ${btoa('video/webm')}` };
  const ask = (status: number, headers: object, more: object = {}) =>
    customer.post('/uploads', status, { headers: { ...webm, ...headers }, ...more });
  await stranger.call('OPTIONS', '/uploads', 204);
  await stranger.call('OPTIONS', `/uploads/${NOBODY}`, 204);
  await ask(409, { 'upload-length': '9' });
  const consent = { textSha256: 'a'.repeat(64), version: '1', locale: 'en', scope: ['screen'] };
  await customer.post('customer/here', 204);
  await customer.post('customer/consent', 204, { body: consent });
  await customer.post('customer/consent', 400, { body: { ...consent, scope: ['soul'] }, wrong });
  await ask(415, { 'upload-metadata': `filetype ${btoa('text/plain')}`, 'upload-length': '9' });
  await ask(412, { 'tus-resumable': '0.2.2', 'upload-length': '9' }, { wrong });
  await ask(400, {});
  const taken = await ask(201, { 'upload-length': '9' });
  const upload = taken.headers.get('location')!;
  const append = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
  const checksum = { ...append, 'upload-checksum': 'sha256 ' + btoa('x'.repeat(32)) };
  await customer.patch(upload, 460, { headers: checksum, body: Buffer.from('abc') });
  await customer.patch(upload, 204, { headers: append, body: Buffer.from('abcdefghi') });
  await customer.patch(`/uploads/${NOBODY}`, 404, { headers: append, body: Buffer.from('abc') });
  await customer.call('HEAD', upload, 200, { headers: TUS });
  const claim = { bytes: 9, sha256: sha256(Buffer.from('abcdefghi')), durationMs: 1, width: 1, height: 1 };
  await customer.post(`${upload}/complete`, 204, { body: claim });
  await customer.post(`${upload}/complete`, 400, { body: {}, wrong });
  await customer.delete(upload, 409, { headers: TUS });
  await customer.post(`customer/recordings/${taken.headers.get('upload-recording')}/discard`, 204);
  const other = await ask(201, { 'upload-defer-length': '1' });
  const gap = { headers: { ...append, 'upload-offset': '12' }, body: Buffer.from('abc') };
  await customer.patch(other.headers.get('location')!, 409, gap);
  const hidden = (method: string) => ({ ...TUS, 'x-http-method-override': method });
  const bytes = { headers: { ...append, ...hidden('PATCH') }, body: Buffer.from('abc') };
  await customer.post(other.headers.get('location')!, 204, bytes);
  await customer.post(other.headers.get('location')!, 200, { headers: hidden('HEAD') });
  await customer.post(other.headers.get('location')!, 405, { headers: hidden('PUT'), wrong });
  await customer.post(other.headers.get('location')!, 204, { headers: hidden('DELETE') });
  await customer.delete(other.headers.get('location')!, 204, { headers: TUS });

  // The proxy reads bodies as text, so video and pictures go past it; what it would have minded is asked of the description.
  const direct = await app.customer(((await request()) as { link: string }).link);
  await direct.consent().expect(204);
  const screen = await direct.upload(VIDEO);
  const mine = bearer(direct.token);
  const ours = `customer/recordings/${screen.recordingId}`;
  api.check('PUT', `/api/v1/${ours}/poster`, await direct.putPoster(screen.recordingId).expect(204));
  await mine.put(`${ours}/poster`, 400, { body: Buffer.from('no picture'), headers: { 'content-type': 'image/jpeg' } });
  await mine.put(`${ours}/poster`, 415, { body: jpeg(), headers: { 'content-type': 'image/gif' }, wrong });
  await mine.post(`${ours}/stay`, 204);
  await mine.post(`customer/recordings/${NOBODY}/stay`, 404);
  const uploads = [{ uploadId: screen.uploadId, bytes: VIDEO.length, sha256: sha256(VIDEO) }];
  const whole = { durationMs: 1000, width: 64, height: 48, trim: null, uploads };
  await mine.post(`${ours}/submit`, 400, { body: { ...whole, uploads: [] } });
  await mine.post(`${ours}/submit`, 200, { body: whole });
  await mine.post(`${ours}/submit`, 200, { body: { ...whole, note: 'There!' } });
  await mine.post('customer/here', 410);
  await mine.post('customer/consent', 410, { body: consent });
  await watched(screen.recordingId);
}, 90_000);

async function watched(id: string): Promise<void> {
  const admin = as(acme.admin);
  const ready = await eventually(async () => {
    const read = await admin.get(`recordings/${id}`, 200);
    expect(read.body).toMatchObject({ status: 'ready', hasPoster: true });
    return read;
  });
  const program = await app.apiKey(acme, 'recordings:read', 'recordings:write');
  const key = as(program);
  await key.get('recordings?q=Jane&status=ready&from=2026-01-01T00:00:00Z', 200);
  await key.get('recordings?to=2026-02-30T00:00:00Z', 400, { wrong });
  await key.get(`recordings/${id}`, 304, { headers: { 'if-none-match': tag(ready.headers) } });
  const begin = async (what: string, body?: object, headers: Record<string, string> = {}) => {
    const begun = await key.post(`recordings/${id}/${what}`, 201, { body, headers });
    expect((await key.get(begun.headers.get('location')!, 200)).body).toEqual(begun.body);
    return begun.body.url as string;
  };
  const viewing = await begin('viewings');
  const download = await begin('downloads', {}, { 'idempotency-key': 'first' });
  await key.post(`recordings/${id}/downloads`, 201, { headers: { 'idempotency-key': 'first' } });
  await key.post(`recordings/${id}/downloads`, 400, { body: { variant: 'original' }, wrong });
  await key.post(`recordings/${id}/downloads`, 404, { body: { variant: 'mp4' } });
  await key.post(`recordings/${NOBODY}/viewings`, 404);
  for (const what of ['viewings', 'downloads']) await key.get(`recordings/${id}/${what}/${NOBODY}`, 404);
  for (const file of [viewing, `recordings/${id}/poster`, download]) {
    const etag = tag((await key.get(file, 200)).headers);
    await key.get(file, 206, { headers: { range: 'bytes=0-9', 'if-range': etag } });
    await key.get(file, 304, { headers: { 'if-none-match': etag } });
    await key.get(file, 416, { headers: { range: 'bytes=99999999-' } });
    const range = 'bytes=99999999-'; // of which HEAD knows nothing
    expect(tag((await key.call('HEAD', file, 200, { headers: { range } })).headers)).toBe(etag);
    const past = await program.head(file, { range }).expect(200); // the proxy loses the length
    expect(past.headers.get('content-length')).toBe(String((await program.get(file).expect(200)).bytes.length));
    await key.call('HEAD', file, 304, { headers: { 'if-none-match': etag } });
  }
  await key.get(`recordings/${id}/media`, 400, { wrong });
  await key.get(`recordings/${id}/download?download=${NOBODY}`, 404);
  await key.get(viewing.replace('/media?', '/camera?'), 404);
  await key.get(`recordings/${id}/storyboard`, 404);
  // The proxy fails at errors without a body, as HEAD's are: what it would have minded is asked of the description.
  for (const [caller, what, status] of [
    [acme.admin, 'storyboard', 404],
    [app.stranger(), 'media', 401],
  ] as const) {
    const path = `/api/v1/recordings/${id}/${what}`;
    api.check('HEAD', path, await caller.head(path).expect(status));
  }
  await key.post(`recordings/${id}/retry-processing`, 202);
  await key.delete(`recordings/${id}`, 412, { headers: { 'if-match': '"99"' } });
  await key.delete(`recordings/${id}`, 202);
  await key.delete(`recordings/${NOBODY}`, 404);
  expect(ready.body.version).toBeGreaterThan(-1);
  await as(app.stranger()).get('events', 401, { wrong });
}

it('leaves no success of any route untried, but for the stream, which never ends, and what few recordings have', () => {
  const rare = ['Media.camera', 'Media.storyboard'].flatMap((one) =>
    ['', 'Head'].flatMap((how) => (how ? [200, 304] : [200, 206, 304]).map((status) => `${one}${how} ${status}`)),
  );
  expect(api.unseen().sort()).toEqual(['Changes.follow 200', ...rare]);
});
