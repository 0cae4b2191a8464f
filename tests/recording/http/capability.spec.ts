import { CustomerCapabilities } from '#modules/recording/links/customer-capability.js';
import { CustomerClient } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { follow } from '../../support/event-stream.js';
import {
  acme,
  app,
  asked,
  cancel,
  consenting,
  customerWithLink,
  events,
  objectsOf,
  statusOf,
  VIDEO,
} from './customer-ground.js';

describe('a capability token', () => {
  const refused = (token: string) =>
    CustomerClient.holding(app.stranger(), token).consent().expect(401, 'SIGN_IN_REQUIRED');

  it('is refused when anything of it was changed', async () => {
    const { token } = await customerWithLink();
    const [claims, signature] = token.slice('cap_'.length).split('.') as [string, string];
    const [request, workspace, until] = JSON.parse(Buffer.from(claims, 'base64url').toString()) as [
      string,
      string,
      number,
    ];
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const last = signature.at(-1)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = alphabet[alphabet.indexOf(last) ^ 1]!;
    const wrong = [
      `${forged(request, workspace, until + 1)}.${signature}`,
      `${forged((await asked()).id, workspace, until)}.${signature}`,
      `${forged(request, acme.adminId, until)}.${signature}`,
      `${forged(request, workspace, until, 99)}.${signature}`,
      `${claims}.${signature.slice(0, -1)}${twin}`,
      `${claims}.${'A'.repeat(43)}`,
      `${claims}.`,
      claims,
      `${claims}.${signature}.${signature}`,
      `${claims}=.${signature}`,
    ];
    for (const one of wrong) await refused(`cap_${one}`);
    await refused(token.toUpperCase());
    await refused(`sdk_${token.slice(4)}`);
  });

  it('ends after a day', async () => {
    const { requestId } = (await customerWithLink()).view;
    const issue = (hoursAgo: number) =>
      app
        .get(CustomerCapabilities)
        .issue({ requestId, workspaceId: acme.id, link: 1 }, new Date(Date.now() - hoursAgo * 3_600_000));
    await refused(await issue(24.01));
    await CustomerClient.holding(app.stranger(), await issue(23.9))
      .consent()
      .expect(204);
  });

  describe('from a link that was replaced', () => {
    const twice = async () => {
      const { id, link } = await asked();
      const before = await app.customer(link);
      await before.consent().expect(204);
      await eventually(() => acme.admin.get(`recording-requests/${id}`).expect(200));
      const { body } = await acme.admin.post(`recording-requests/${id}/remind`).expect(200);
      return { id, before, link: body.link as string, open: () => app.customer(body.link) };
    };

    it('works until the newer one is opened, then begins nothing more', async () => {
      const { before, open } = await twice();
      const { recordingId } = await before.upload(VIDEO);
      await before.discard(recordingId).expect(204);
      const now = await open();
      await before.createUpload().expect(410, 'LINK_REPLACED');
      await before.consent().expect(410, 'LINK_REPLACED');
      await before.api.post('customer/decline', {}).expect(410, 'LINK_REPLACED');
      const unsuitable = { reason: 'no-recorder', browser: 'Firefox' };
      await before.api.post('customer/unsupported', unsuitable).expect(410, 'LINK_REPLACED');
      await now.consent().expect(204);
      await now.createUpload().expect(201);
    });

    it('works while the newer one was only looked at, as mail programs do, until somebody is there', async () => {
      const { id, before, link } = await twice();
      const now = await app.opened(link);
      expect((await events(id)).at(-1)).toBe('RecordingLinkIssued');
      await before.createUpload().expect(201);
      await now.here().expect(204);
      await before.createUpload().expect(410, 'LINK_REPLACED');
      await before.here().expect(410, 'LINK_REPLACED');
    });

    it('brings a recording that has begun to its end, with its camera', async () => {
      const { id, before, open } = await twice();
      const { headers } = await before.createUpload().expect(201);
      const path = new URL(headers.get('location')!, app.url).pathname;
      const recording = headers.get('upload-recording')!;
      await before.append(path, 0, VIDEO.subarray(0, 9000)).expect(204);
      const now = await open();
      await eventually(async () => {
        const { body } = await acme.admin.get(`recording-requests/${id}`).expect(200);
        expect([body.version, body.status]).toEqual([(await events(id)).length - 1, 'recording']);
      });
      await before.append(path, 9000, VIDEO.subarray(9000)).expect(204);
      await before.stay(recording).expect(204);
      const camera = await before.upload(VIDEO, { track: 'camera', recording });
      await before.createUpload().expect(410, 'LINK_REPLACED');
      await now.createUpload().expect(201);
      const screen = { path, uploadId: path.split('/')[2]!, recordingId: recording, bytes: VIDEO };
      await before.submit(recording, [screen, camera]).expect(200);
      await eventually(async () => expect((await acme.admin.get(`recordings/${recording}`)).body.status).toBe('ready'));
    });
  });

  it('is worth nothing once the request is cancelled', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await cancel(customer.view.requestId);
    await customer.consent().expect(410, 'LINK_CANCELLED');
    await customer.createUpload().expect(410, 'LINK_CANCELLED');
    await customer.submit(screen.recordingId, [screen]).expect(410);
    await eventually(() =>
      customer.append(screen.path, VIDEO.length, Buffer.from('x')).expect(410, 'UPLOAD_DISCARDED'),
    );
    await eventually(async () => expect(await objectsOf(screen.recordingId)).toEqual([]));
    await customer.submit(screen.recordingId, [screen]).expect(410);
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
  });
});

describe('consent', () => {
  it('comes before the first byte', async () => {
    const customer = await customerWithLink();
    await customer.createUpload().expect(409, 'CONSENT_MISSING');
    await customer.consent().expect(204);
    await customer.createUpload().expect(201);
  });

  it('undoes a no, which looking at the link again does not', async () => {
    const { id, link } = await asked();
    const unwilling = await app.customer(link);
    await unwilling.decline().expect(204);
    await eventually(async () => expect(await statusOf(id)).toBe('declined'));
    const before = await events(id);
    const again = await app.customer(link);
    expect([again.view.status, await events(id)]).toEqual(['declined', before]);
    await again.consent().expect(204);
    await eventually(async () => expect(await statusOf(id)).toBe('opened'));
  });

  it('is withdrawn by declining', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    await customer.api.post('customer/decline', { reason: 'Rather not' }).expect(204);
    await customer.createUpload().expect(409, 'CONSENT_MISSING');
    await eventually(async () => expect(await objectsOf(recordingId)).toEqual([]));
  });
});

describe('what the customer says instead reaches the agent', () => {
  it.each([
    ['declined', 'decline', {}],
    ['declined', 'decline', undefined],
    ['declined', 'decline', { reason: 'I would rather call' }],
    ['unsupported', 'unsupported', { reason: 'no-display-capture', browser: 'Safari on iOS' }],
  ])('as %s, in the list and live', async (status, path, body) => {
    const stream = await follow(acme.admin);
    const customer = await customerWithLink();
    const { requestId } = customer.view;
    await customer.api.post(`customer/${path}`, body).expect(204);
    const { after } = await eventually(() => {
      const own = stream.changes.filter(({ id }) => id === requestId);
      expect(own.length).toBe(3);
      return own.at(-1)!;
    });
    const { body: list } = await acme.admin.get(`recording-requests?status=${status}&after=${after}`).expect(200);
    expect(list.items.map(({ id }: { id: string }) => id)).toContain(requestId);
    stream.close();
  });
});
