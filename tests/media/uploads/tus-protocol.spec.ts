import { randomBytes, randomUUID } from 'node:crypto';
import { SEGMENT_BYTES } from '#modules/media/uploads/upload.js';
import { objectsOf, rowOf, stored } from './support/stored.js';
import { metadata, TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let server: UploadApp;
beforeAll(async () => {
  ground = await uploadGround();
  server = await ground.start();
});
afterAll(() => ground.drop());

const bytes = randomBytes(50_000);
const decoded = (header: unknown) =>
  Object.fromEntries(
    String(header)
      .split(',')
      .map((pair) => pair.split(' '))
      .map(([key, value]) => [key, Buffer.from(value!, 'base64').toString()]),
  );

describe('a tus client', () => {
  const customer = new TusCustomer();

  it('learns what the server supports without a token', async () => {
    for (const path of ['/uploads', `/uploads/${randomUUID()}`]) {
      const { status, headers } = await customer.send(`${server.url}${path}`, 'OPTIONS', { authorization: '' });
      expect([status, headers['tus-version'], headers['tus-resumable']]).toEqual([204, '1.0.0', '1.0.0']);
      expect(String(headers['tus-extension']).split(',').sort()).toEqual(
        ['checksum', 'creation', 'creation-defer-length', 'creation-with-upload', 'expiration', 'termination'].sort(),
      );
      expect(headers['tus-checksum-algorithm']).toBe('sha256,sha1');
    }
  });

  it('needs a token, and the right version, for all else', async () => {
    const { path } = await customer.open(server);
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const url = `${server.url}${path}`;
      expect((await customer.send(url, method, { authorization: '' })).status).toBe(401);
      const old = await customer.send(url, method, { 'tus-resumable': '0.2.2' });
      expect([old.status, old.headers['tus-resumable']]).toEqual([412, '1.0.0']);
      expect(old.headers['tus-version']).toBe('1.0.0');
    }
  });

  it('opens an upload of unknown length, says the length later, and only once', async () => {
    const { path } = await customer.open(server);
    const before = await customer.head(server, path);
    expect([before.status, before.offset, before.headers['upload-defer-length']]).toEqual([200, 0, '1']);
    expect(before.headers['cache-control']).toBe('no-store');
    expect((await customer.patch(server, path, 0, bytes, { 'upload-length': '100000' })).status).toBe(204);
    const after = await customer.head(server, path);
    expect([after.offset, after.headers['upload-length'], after.headers['upload-defer-length']]).toEqual([
      50_000,
      '100000',
      undefined,
    ]);
    const changed = await customer.patch(server, path, 50_000, bytes, { 'upload-length': '100001' });
    expect([changed.status, changed.code]).toEqual([409, 'LENGTH_CONFLICT']);
    expect((await customer.patch(server, path, 50_000, bytes, { 'upload-length': '100000' })).offset).toBe(100_000);
  });

  it('cannot go beyond the length it declared', async () => {
    const { path } = await customer.open(server, { 'upload-length': '60000' });
    await customer.patch(server, path, 0, bytes);
    const beyond = await customer.patch(server, path, 50_000, bytes);
    expect([beyond.status, beyond.code, beyond.offset]).toEqual([413, 'UPLOAD_LENGTH_EXCEEDED', 50_000]);
  });

  it('is told where the server is, rather than that it sends too much, when it repeats more than was missing', async () => {
    const { path } = await customer.open(server, { 'upload-length': '60000' });
    await customer.patch(server, path, 0, bytes);
    const repeated = await customer.patch(server, path, 20_000, bytes);
    expect([repeated.status, repeated.code, repeated.offset]).toEqual([409, 'UPLOAD_OFFSET_MISMATCH', 50_000]);
  });

  it('is told its recording and gets its own words back, but not the name of its file', async () => {
    const named = metadata({ filename: 'Jane Doe bank.webm', filetype: 'video/webm;codecs=vp9,opus', track: 'camera' });
    const { headers } = await customer.create(server, named);
    const head = await customer.head(server, headers.location!);
    expect(decoded(head.headers['upload-metadata'])).toEqual({
      filetype: 'video/webm;codecs=vp9,opus',
      track: 'camera',
      source: 'file',
    });
    expect(new Date(String(head.headers['upload-expires'])).getTime()).toBeGreaterThan(Date.now());
    expect(server.recordings.begun.at(-1)).toMatchObject({
      recordingId: headers['upload-recording'],
      owner: { kind: 'recording_request', id: customer.requestId },
      track: 'camera',
      joins: false,
    });
  });

  it('may create and upload in one go', async () => {
    const type = { 'content-type': 'application/offset+octet-stream' };
    const made = await customer.create(server, { ...type, 'upload-length': '50000' }, bytes);
    expect([made.status, made.offset]).toEqual([201, 50_000]);
    expect((await customer.head(server, made.headers.location!)).offset).toBe(50_000);
  });

  it('may hide its method behind POST', async () => {
    const { path } = await customer.open(server);
    const as = (method: string) => ({ 'x-http-method-override': method });
    const url = `${server.url}${path}`;
    const append = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', ...as('PATCH') };
    expect((await customer.send(url, 'POST', append, bytes)).offset).toBe(50_000);
    expect((await customer.send(url, 'POST', as('HEAD'))).offset).toBe(50_000);
    expect((await customer.send(url, 'POST', as('PUT'))).status).toBe(405);
    expect((await customer.send(url, 'POST', as('DELETE'))).status).toBe(204);
    expect((await customer.head(server, path)).status).toBe(410);
  });

  it('takes an upload back: its bytes go at once, and nothing can be added any more', async () => {
    const { path, id, recordingId } = await customer.open(server);
    await customer.patch(server, path, 0, bytes);
    expect((await objectsOf(server, recordingId)).size).toBe(1);
    const url = `${server.url}${path}`;
    expect((await customer.send(url, 'DELETE')).status).toBe(204);
    expect((await objectsOf(server, recordingId)).size).toBe(0);
    expect((await stored(server, { id })).manifest).toEqual([]);
    const late = await customer.patch(server, path, 50_000, bytes);
    expect([late.status, late.code]).toEqual([410, 'UPLOAD_DISCARDED']);
    expect((await customer.send(url, 'DELETE')).status).toBe(204);
    expect(server.recordings.ended.at(-1)).toMatchObject({ uploadId: id, recordingId, left: 0 });
  });

  it('that missed the answer to its creation gets the same upload again, not a second one', async () => {
    const { recordingId } = await customer.open(server);
    const joining = metadata({ filetype: 'video/webm', track: 'camera', recording: recordingId });
    const [one, two] = [await customer.create(server, joining), await customer.create(server, joining)];
    expect(two.headers.location).toBe(one.headers.location);
    await customer.patch(server, one.headers.location!, 0, bytes);
    const third = await customer.create(server, joining);
    expect([third.status, third.code]).toEqual([409, 'TRACK_EXISTS']);
  });
});

describe('what is refused', () => {
  const customer = new TusCustomer();
  const refusal = async (headers: Record<string, string>) => {
    const { status, code } = await customer.create(server, headers);
    return [status, code];
  };

  it('a creation that makes no sense', async () => {
    const webm = { filetype: 'video/webm' };
    expect(await refusal({ 'upload-length': '5', 'upload-defer-length': '1' })).toEqual([400, 'LENGTH_MISSING']);
    expect(await refusal({ 'upload-defer-length': '2' })).toEqual([400, 'LENGTH_MISSING']);
    expect(await refusal({ 'upload-length': '-5' })).toEqual([400, 'HEADER_MALFORMED']);
    expect(await refusal({ 'upload-length': '0' })).toEqual([400, 'UPLOAD_EMPTY']);
    expect(await refusal({ 'upload-length': '1e3' })).toEqual([400, 'HEADER_MALFORMED']);
    expect(await refusal({ 'upload-metadata': 'a  b c' })).toEqual([400, 'HEADER_MALFORMED']);
    expect(await refusal({ 'upload-metadata': '' })).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    expect(await refusal(metadata({ filetype: 'text/html' }))).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    expect(await refusal(metadata({ ...webm, track: 'sound' }))).toEqual([400, 'METADATA_INVALID']);
    expect(await refusal(metadata({ ...webm, recording: '../x' }))).toEqual([404, 'RECORDING_UNKNOWN']);
    expect(await refusal(metadata({ ...webm, recording: randomUUID() }))).toEqual([404, 'RECORDING_UNKNOWN']);
  });

  it('an append of the wrong type, or without an offset', async () => {
    const { path } = await customer.open(server);
    const refused = async (headers: Record<string, string>) => {
      const { status, code } = await customer.patch(server, path, 0, bytes, headers);
      return [status, code];
    };
    expect(await refused({ 'content-type': 'video/webm' })).toEqual([415, 'APPEND_TYPE_UNSUPPORTED']);
    expect(await refused({ 'content-type': 'application/json' })).toEqual([415, 'APPEND_TYPE_UNSUPPORTED']);
    expect(await refused({ 'upload-offset': '' })).toEqual([400, 'HEADER_MALFORMED']);
    expect(await refused({ 'upload-offset': '-1' })).toEqual([400, 'HEADER_MALFORMED']);
    expect(await refused({ 'upload-offset': '0x10' })).toEqual([400, 'HEADER_MALFORMED']);
    const { 'upload-offset': _, ...without } = {
      'upload-offset': '',
      'content-type': 'application/offset+octet-stream',
    };
    expect((await customer.send(`${server.url}${path}`, 'PATCH', without, bytes)).code).toBe('OFFSET_MISSING');
    expect((await customer.head(server, path)).offset).toBe(0);
  });

  it('more bytes than the workspace allows, announced or not', async () => {
    const before = server.recordings.terms;
    server.recordings.terms = { ...before, maxBytes: 2 * SEGMENT_BYTES };
    expect(await refusal({ 'upload-length': String(2 * SEGMENT_BYTES + 1) })).toEqual([413, 'UPLOAD_TOO_LARGE']);
    const { path } = await customer.open(server);
    server.recordings.terms = before;
    const whole = randomBytes(2 * SEGMENT_BYTES + 10);
    const announced = await customer.patchUnchecked(server, path, 0, whole);
    expect([announced.status, announced.offset]).toEqual([413, 0]);
    const unannounced = await customer.patchUnchecked(server, path, 0, whole, { 'transfer-encoding': 'chunked' });
    expect([unannounced.status, unannounced.code, unannounced.offset]).toEqual([
      413,
      'UPLOAD_TOO_LARGE',
      2 * SEGMENT_BYTES,
    ]);
  });

  it('more running uploads, or bytes of them, than allowed, also when they begin all at once', async () => {
    const [greedy, boastful, patient] = [new TusCustomer(), new TusCustomer(), new TusCustomer()];
    const before = server.recordings.terms;
    const { pool } = ground.database;
    await pool.query(`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_sleep(0.01); RETURN NULL; END'`);
    await pool.query('CREATE TRIGGER linger AFTER INSERT ON recording.upload EXECUTE FUNCTION linger()');
    const many = (who: TusCustomer, headers = {}) =>
      Promise.all(Array.from({ length: 10 }, () => who.create(server, headers)));
    server.recordings.terms = { ...before, maxOpenUploads: 3 };
    const answers = await many(greedy);
    server.recordings.terms = { ...before, maxBytes: 1000, maxOpenBytes: 3000 };
    const declared = await many(boastful, { 'upload-length': '1000' });
    await many(patient);
    await pool.query('DROP TRIGGER linger ON recording.upload');
    server.recordings.terms = before;
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ code }) => code === 'TOO_MANY_UPLOADS')).toHaveLength(7);
    expect(declared.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(declared.filter(({ code }) => code === 'TOO_MUCH_BEGUN')).toHaveLength(7);
    const most = 'SELECT id, max_bytes AS most FROM recording.upload WHERE request_id = $1 ORDER BY max_bytes DESC';
    const { rows } = await pool.query<{ id: string; most: number }>(most, [patient.requestId]);
    expect(rows.map((row) => row.most)).toEqual([1000, 1000, 500, 250, 125, 62, 31, 16, 8, 4]);
    const last = await patient.patchUnchecked(server, `/uploads/${rows[9]!.id}`, 0, randomBytes(5));
    expect([last.code, last.detail]).toEqual(['UPLOAD_TOO_LARGE', expect.stringMatching(/4 bytes .*under this link/)]);
  });

  it('nothing for how it is written: case, parameters, blanks and commas are as HTTP has them', async () => {
    const type = Buffer.from('Video/X-M4V').toString('base64');
    const created = await customer.create(server, { 'upload-metadata': ` Filetype  ${type} , ,is_private,` });
    expect(created.status).toBe(201);
    const path = created.headers.location!;
    for (const [index, written] of [
      'Application/Offset+Octet-Stream',
      'application/offset+octet-stream; charset=utf-8',
    ].entries())
      expect(
        (await customer.patch(server, path, index, bytes.subarray(0, 1), { 'content-type': written })).status,
      ).toBe(204);
    expect(decoded((await customer.head(server, path)).headers['upload-metadata'])).toMatchObject({
      filetype: 'video/mp4',
    });
    const recording = String(created.headers['upload-recording']).toUpperCase();
    const joined = await customer.create(server, metadata({ filetype: 'video/webm', track: 'camera', recording }));
    expect(joined.headers['upload-recording']).toBe(recording.toLowerCase());
  });

  it('no room, in bytes, for what nothing comes to any more', async () => {
    const before = server.recordings.terms;
    server.recordings.terms = { ...before, maxBytes: 1000, maxOpenBytes: 1000 };
    const who = new TusCustomer();
    const declared = { 'upload-length': '900' };
    const { id } = await who.open(server, declared);
    const beside = await who.create(server, declared);
    const stale = "UPDATE recording.upload SET progressed_at = now() - interval '16 minutes' WHERE id = $1";
    await ground.database.pool.query(stale, [id]);
    const after = await who.create(server, declared);
    server.recordings.terms = before;
    expect([beside.code, after.status]).toEqual(['TOO_MUCH_BEGUN', 201]);
  });

  it('anything after the time is over', async () => {
    const { path, id } = await customer.open(server);
    await customer.patch(server, path, 0, bytes);
    await ground.database.pool.query('UPDATE recording.upload SET expires_at = now() WHERE id = $1', [id]);
    const late = await customer.patch(server, path, 50_000, bytes);
    expect([late.status, late.code]).toEqual([410, 'UPLOAD_EXPIRED']);
    expect((await customer.head(server, path)).status).toBe(410);
    expect((await rowOf(server, { id })).offset).toBe(50_000);
  });

  it('a request that is closed, or that the domain refuses; no row is left of it', async () => {
    server.recordings.closedRequests.add(customer.requestId);
    expect(await refusal({})).toEqual([410, 'LINK_CANCELLED']);
    server.recordings.closedRequests.clear();
    expect(await refusal(metadata({ filetype: 'video/3gpp' }))).toEqual([409, 'REQUEST_NOT_OPEN']);
    const { rows } = await ground.database.pool.query("SELECT 1 FROM recording.upload WHERE media_type = 'video/3gpp'");
    expect(rows).toEqual([]);
  });
});
