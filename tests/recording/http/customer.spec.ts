import { readFileSync } from 'node:fs';
import { CustomerCapabilities } from '#modules/recording/links/customer-capability.js';
import { SettleAbandonedHandler } from '#modules/recording/processors/settle-abandoned.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { CustomerClient, jpeg } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { follow } from '../../support/event-stream.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
let app: WholeApp;
let acme: TestWorkspace;
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
});
afterAll(() => app?.stop());

const asked = async () => (await acme.admin.post('recording-requests', { message: 'Show me' }).expect(201)).body;
const customerWithLink = async () => app.customer((await asked()).link);
const consenting = async () => {
  const customer = await customerWithLink();
  await customer.consent().expect(204);
  return customer;
};
const events = async (id: string) =>
  (await app.get(EventStore).readStream(`recording_request-${id}`)).map(({ type }) => type);
const statusOf = async (id: string) => (await acme.admin.get(`recording-requests/${id}`)).body.status;
const objectsOf = async (recordingId: string) => {
  const keys = [];
  for await (const { key } of app.get(ObjectStorage).list(`recordings/${recordingId}/`)) keys.push(key);
  return keys;
};
const cancel = (id: string) => acme.admin.post(`recording-requests/${id}/cancel`).expect(204);

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
      return { id, before, open: () => app.customer(body.link) };
    };

    it('works until the newer one is opened, then begins nothing more', async () => {
      const { before, open } = await twice();
      const { recordingId } = await before.upload(VIDEO);
      await before.discard(recordingId).expect(204);
      const now = await open();
      await before.createUpload().expect(410, 'LINK_EXPIRED');
      await before.consent().expect(410, 'LINK_EXPIRED');
      await before.api.post('customer/decline', {}).expect(410, 'LINK_EXPIRED');
      const unsuitable = { reason: 'no-recorder', browser: 'Firefox' };
      await before.api.post('customer/unsupported', unsuitable).expect(410, 'LINK_EXPIRED');
      await now.consent().expect(204);
      await now.createUpload().expect(201);
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
      await before.createUpload().expect(410, 'LINK_EXPIRED');
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

describe('discarding', () => {
  it('erases at once, and leaves room for another try', async () => {
    const customer = await consenting();
    const { requestId } = customer.view;
    const first = await customer.upload(VIDEO);
    expect((await objectsOf(first.recordingId)).length).toBeGreaterThan(0);
    await eventually(async () => expect(await statusOf(requestId)).toBe('recording'));
    await customer.discard(first.recordingId).expect(204);
    expect(await objectsOf(first.recordingId)).toEqual([]);
    expect(await app.get(KeyRing).isErased(first.recordingId)).toBe(true);
    await customer.append(first.path, VIDEO.length, Buffer.from('more')).expect(410, 'UPLOAD_DISCARDED');
    await customer.discard(first.recordingId).expect(204);
    await eventually(async () => expect(await statusOf(requestId)).toBe('opened'));
    await customer.submit(first.recordingId, [first]).expect(410);
    const second = await customer.upload(VIDEO);
    await customer.submit(second.recordingId, [second]).expect(200);
    expect((await events(requestId)).filter((type) => type === 'RecordingDiscarded')).toHaveLength(1);
  });

  it('notes what was destroyed, once', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    const stored = (await objectsOf(recordingId)).length;
    await customer.discard(recordingId).expect(204);
    const noted = await app.get(EventStore).readStream(`recording-${recordingId}`);
    expect(noted.map(({ type, data }) => [type, data])).toEqual([
      [
        'RecordingErased',
        { recordingId, requestId: customer.view.requestId, objects: stored, keyFingerprints: [expect.any(String)] },
      ],
    ]);
  });

  it('happens with the last upload that is taken back', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const camera = await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
    await customer.terminate(camera.path).expect(204);
    expect(await events(customer.view.requestId)).not.toContain('RecordingDiscarded');
    await customer.terminate(screen.path).expect(204);
    expect(await objectsOf(screen.recordingId)).toEqual([]);
    expect((await events(customer.view.requestId)).at(-1)).toBe('RecordingDiscarded');
  });

  it('shows the agent "recording" as long as another tab records', async () => {
    const customer = await consenting();
    const { requestId } = customer.view;
    const [one, two] = [await customer.upload(VIDEO), await customer.upload(VIDEO)];
    await customer.discard(two.recordingId).expect(204);
    const { body } = await acme.admin.get('recording-requests?limit=100').expect(200);
    expect(body).toBeDefined();
    await eventually(async () => {
      const { body: view } = await acme.admin.get(`recording-requests/${requestId}`).expect(200);
      expect(view.version).toBe((await events(requestId)).length - 1);
    });
    expect(await statusOf(requestId)).toBe('recording');
    await customer.discard(one.recordingId).expect(204);
    await eventually(async () => expect(await statusOf(requestId)).toBe('opened'));
  });
});

describe('Send', () => {
  it('accounts for every byte first', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const { recordingId, uploadId } = screen;
    const send = (bytes: Buffer, more = {}) => customer.submit(recordingId, [{ ...screen, bytes }], more);
    await send(VIDEO.subarray(1)).expect(409, 'UPLOAD_OFFSET_MISMATCH');
    await send(Buffer.concat([VIDEO, VIDEO])).expect(409, 'UPLOAD_OFFSET_MISMATCH');
    await send(Buffer.from(VIDEO).fill(7, 100, 101)).expect(409, 'UPLOAD_DIGEST_MISMATCH');
    await customer.submit(recordingId, []).expect(400, 'UPLOADS_INCOMPLETE');
    await customer.submit(recordingId, [{ ...screen, uploadId: recordingId }]).expect(404, 'UPLOAD_UNKNOWN');
    await send(VIDEO, { uploads: [{ uploadId, bytes: VIDEO.length, sha256: 'zz' }] }).expect(400, 'INPUT_INVALID');
    await send(VIDEO, { durationMs: 3_600_000 * 5 }).expect(413, 'RECORDING_TOO_LONG');
    for (const trim of [
      { startMs: 5, endMs: 5 },
      { startMs: 0, endMs: 60_000 },
    ])
      await send(VIDEO, { trim }).expect(400, 'TRIM_INVALID');
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await send(VIDEO).expect(200);
  });

  it('twice gives the same receipt, also at the same moment', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const send = () => customer.submit(screen.recordingId, [screen], { note: 'Here' }).expect(200);
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    const { receivedAt, reference, deletesAt } = answers[0]!.body;
    expect(reference).toBe(screen.recordingId.slice(0, 8).toUpperCase());
    for (const { body } of answers) expect(body).toEqual({ receivedAt, reference, deletesAt });
    expect((await events(customer.view.requestId)).filter((type) => type === 'RecordingSubmitted')).toHaveLength(1);
  });

  it('of two recordings at the same moment is answered once; the other is erased', async () => {
    const customer = await consenting();
    const tracks = [await customer.upload(VIDEO), await customer.upload(VIDEO)];
    const answers = await Promise.all(tracks.map((track) => customer.submit(track.recordingId, [track])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    const won = answers.findIndex(({ status }) => status === 200);
    const receipt = answers[won]!.body;
    expect(answers[1 - won]!.body).toMatchObject({ code: 'LINK_USED', ...receipt });
    const { requestId } = customer.view;
    expect((await events(requestId)).slice(-2)).toEqual(['RecordingSubmitted', 'RecordingDiscarded']);
    await eventually(async () => expect(await objectsOf(tracks[1 - won]!.recordingId)).toEqual([]));
    expect(await app.get(KeyRing).isErased(tracks[1 - won]!.recordingId)).toBe(true);
    const { body } = await eventually(() => acme.admin.get(`recordings/${tracks[won]!.recordingId}`).expect(200));
    expect(body).toMatchObject({ requestId, camera: false });
    await acme.admin.get(`recordings/${tracks[1 - won]!.recordingId}`).expect(404);
  });

  it('cannot be undone by the customer, who may take nothing back from then on', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await customer.discard(screen.recordingId).expect(409, 'ALREADY_RECEIVED');
    await customer.terminate(screen.path).expect(409, 'UPLOAD_SETTLED');
    await customer.api.post('customer/decline', {}).expect(410, 'LINK_USED');
    await customer.createUpload().expect(410, 'LINK_USED');
    expect((await objectsOf(screen.recordingId)).length).toBeGreaterThan(0);
  });

  it('has begun once its bytes are accounted for: from then on no upload can be taken back', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const camera = await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
    await customer.submit(screen.recordingId, [screen, camera]).expect(200);
    const stored = await objectsOf(screen.recordingId);
    // As it is between the event and the end of Send.
    await app.database.pool.query('UPDATE recording.upload SET settled_at = NULL WHERE recording_id = $1', [
      screen.recordingId,
    ]);
    for (const { path } of [screen, camera]) await customer.terminate(path).expect(409, 'UPLOAD_COMPLETE');
    expect(await objectsOf(screen.recordingId)).toEqual(expect.arrayContaining(stored));
  });

  it('names each upload once: a screen named twice makes no camera', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.submit(screen.recordingId, [screen, screen]).expect(200);
    const { body } = await eventually(() => acme.admin.get(`recordings/${screen.recordingId}`).expect(200));
    expect(body.camera).toBe(false);
  });

  it('leaves behind the camera that was not sent', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await eventually(async () => {
      expect((await acme.admin.get(`recordings/${screen.recordingId}`)).body.status).toBe('ready');
    });
    await acme.admin.get(`recordings/${screen.recordingId}/camera`).expect(404);
    expect(await objectsOf(screen.recordingId)).not.toContain(`recordings/${screen.recordingId}/made/camera`);
  });
});

describe('a customer who never stops', () => {
  it('is slowed down where every attempt costs us more than them', async () => {
    const customer = await consenting();
    const screen = await customer.upload(Buffer.from('bytes'));
    const wrong = () => customer.submit(screen.recordingId, [{ ...screen, bytes: Buffer.from('setyb') }]);
    const sends = await Promise.all(Array.from({ length: 40 }, wrong));
    expect(sends.filter(({ status }) => status === 409)).toHaveLength(30);
    expect(sends.filter(({ body }) => body.code === 'RATE_LIMITED')).toHaveLength(10);
    const begun: number[] = [];
    const camera = { track: 'camera', recording: screen.recordingId } as const;
    for (let i = 0; i < 130; i++) {
      const { status, headers } = await customer.createUpload(camera);
      begun.push(status);
      if (status === 201) await customer.terminate(new URL(headers.get('location')!, app.url).pathname);
    }
    expect(begun.filter((status) => status === 201)).toHaveLength(119);
    expect(begun.at(-1)).toBe(429);
    const neighbour = await consenting();
    await neighbour.upload(Buffer.from('bytes'));
  });
});

describe('the poster from the browser', () => {
  const ready = (id: string) =>
    eventually(async () => expect((await acme.admin.get(`recordings/${id}`)).body.status).toBe('ready'));

  it('is shown where the server cannot decode, and cannot be changed once the recording is ready', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.putPoster(screen.recordingId).expect(204);
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await ready(screen.recordingId);
    await eventually(async () => {
      expect((await acme.admin.get(`recordings/${screen.recordingId}`)).body.hasPoster).toBe(true);
    });
    await customer.putPoster(screen.recordingId, jpeg(65, 65)).expect(409, 'ALREADY_RECEIVED');
    const { bytes, headers } = await acme.admin.get(`recordings/${screen.recordingId}/poster`).expect(200);
    expect(bytes.equals(jpeg())).toBe(true);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is a small JPEG or nothing', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    await customer.putPoster(recordingId, Buffer.from('<svg onload="alert(1)">')).expect(400, 'POSTER_INVALID');
    await customer.putPoster(recordingId, Buffer.alloc(0)).expect(400, 'POSTER_INVALID');
    for (const bomb of [jpeg(65_535, 65_535), jpeg(4097, 1), jpeg().subarray(0, 12), Buffer.alloc(400, 0xff)])
      await customer.putPoster(recordingId, bomb).expect(400, 'POSTER_INVALID');
    await customer.putPoster(recordingId, Buffer.from('ffd8ffe00000ffc0', 'hex')).expect(400, 'POSTER_INVALID');
    const large = Buffer.concat([jpeg(), Buffer.alloc(2_000_000)]);
    await customer.putPoster(recordingId, large).expect(413, 'POSTER_TOO_LARGE');
    const chunked = { 'content-type': 'image/jpeg', 'transfer-encoding': 'chunked' };
    await customer.api.put(`customer/recordings/${recordingId}/poster`, large, chunked).expect(413, 'POSTER_TOO_LARGE');
    await customer.discard(recordingId).expect(204);
    await customer.putPoster(recordingId).expect(404, 'RECORDING_UNKNOWN');
  });
});

describe('a recording that nobody comes back to', () => {
  const quiet = (recordingId: string) =>
    app.database.pool.query(
      "UPDATE recording.upload SET last_append_at = now() - interval '16 minutes' WHERE recording_id = $1",
      [recordingId],
    );
  const settle = () => app.get(SettleAbandonedHandler).run();
  const policy = (abandonedPolicy: string) => acme.admin.patch('workspace', { abandonedPolicy }).expect(200);

  it('is kept as it is where the workspace wants so, and can be watched', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO.subarray(0, 30_000));
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await quiet(screen.recordingId);
    await settle();
    await eventually(async () => {
      const { body } = await acme.admin.get(`recordings/${screen.recordingId}`).expect(200);
      expect(body).toMatchObject({ status: 'ready', interrupted: true });
    });
    await customer.append(screen.path, 30_000, VIDEO.subarray(30_000)).expect(410, 'UPLOAD_FINALISED');
    await customer.submit(screen.recordingId, [screen]).expect(200);
  });

  it('is not one whose customer says that they are still there', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    await customer.stay(screen.recordingId).expect(204);
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await customer.stay(screen.recordingId).expect(404, 'RECORDING_UNKNOWN');
  });

  it('is erased where the workspace wants that', async () => {
    await policy('discard');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    await settle();
    await eventually(async () => expect(await objectsOf(screen.recordingId)).toEqual([]));
    await eventually(async () => expect(await app.get(KeyRing).isErased(screen.recordingId)).toBe(true));
    await eventually(async () => expect(await statusOf(customer.view.requestId)).toBe('opened'));
  });

  it('of which only the camera arrived is no recording', async () => {
    await policy('finalise');
    const customer = await consenting();
    const camera = await customer.upload(VIDEO, { track: 'camera' });
    await quiet(camera.recordingId);
    await settle();
    await eventually(async () => expect(await statusOf(customer.view.requestId)).toBe('opened'));
    await eventually(async () => expect(await objectsOf(camera.recordingId)).toEqual([]));
  });

  it('that was sent just before a crash stays sent, whatever the workspace wants', async () => {
    await policy('discard');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await app.database.pool.query('UPDATE recording.upload SET settled_at = NULL WHERE recording_id = $1', [
      screen.recordingId,
    ]);
    await quiet(screen.recordingId);
    await settle();
    expect((await objectsOf(screen.recordingId)).length).toBeGreaterThan(0);
    const { rows } = await app.database.pool.query(
      'SELECT 1 FROM recording.upload WHERE settled_at IS NULL AND recording_id = $1',
      [screen.recordingId],
    );
    expect(rows).toEqual([]);
  });

  it('does not keep others waiting when it cannot be settled', async () => {
    await policy('discard');
    const [broken, customer] = [await consenting(), await consenting()];
    const [stuck, screen] = [await broken.upload(VIDEO), await customer.upload(VIDEO)];
    await app.database.pool.query(
      'UPDATE recording.upload SET workspace_id = gen_random_uuid() WHERE recording_id = $1',
      [stuck.recordingId],
    );
    await quiet(stuck.recordingId);
    await quiet(screen.recordingId);
    await expect(settle()).rejects.toThrow();
    await eventually(async () => expect(await objectsOf(screen.recordingId)).toEqual([]));
  });
});
