import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm, rmdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MeasuredRoom } from '#modules/media/uploads/measured-room.js';
import { readConfig } from '#platform/config/config.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { ObjectStorage, ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { eventually } from '../../support/eventually.js';
import { bytesOf } from '../../support/watching.js';
import type { CustomerClient } from '../../support/customer-client.js';
import { acme, app, consenting, events, objectsOf, VIDEO } from './customer-ground.js';

/** A disk on which nothing is free. */
const NOTHING_FREE = process.platform === 'linux' ? '/proc' : '/dev';

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

  it('says that a recording was discarded only where the log does, whatever has become of its bytes', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await app.get(ObjectStorage).deletePrefix(`recordings/${screen.recordingId}/`);
    await customer.submit(screen.recordingId, [screen]).expect(409, 'UPLOAD_DIGEST_MISMATCH');
    expect(await events(customer.view.requestId)).not.toContain('RecordingDiscarded');
    const again = await customer.upload(VIDEO);
    await customer.submit(again.recordingId, [again]).expect(200);
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
    await bytesOf(acme.admin, screen.recordingId, 'camera').expect(404);
    expect(await objectsOf(screen.recordingId)).not.toContain(`recordings/${screen.recordingId}/made/camera`);
  });
});

describe('a customer who never stops', () => {
  it('is not slowed down for what came of an outage of ours', async () => {
    const customer = await consenting();
    const screen = await customer.upload(Buffer.from('bytes'));
    const [place, aside] = [join(app.directory, 'data/objects'), join(app.directory, 'data/aside')];
    await rename(place, aside); // as a disk that is not mounted
    for (let n = 0; n < 41; n++)
      await customer.submit(screen.recordingId, [screen]).expect(503, 'TEMPORARILY_UNAVAILABLE');
    await rename(aside, place);
    await customer.submit(screen.recordingId, [screen]).expect(200);
  });

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

describe('a customer beside hundreds who sign in', () => {
  it('has their recording stored as if nobody did', async () => {
    const customer = await consenting();
    const { headers } = await customer.createUpload().expect(201);
    const path = new URL(headers.get('location')!, app.url).pathname;
    const over = new AbortController();
    let inTheAir = 400;
    const signIn = async (n: number) => {
      const from = { 'content-type': 'application/json', 'x-forwarded-for': `198.18.${n >> 8}.${n & 255}` };
      const body = JSON.stringify({ email: `nobody-${n}@x.example`, password: 'wrong' });
      const call = { method: 'POST', headers: from, body, signal: over.signal };
      const status = await fetch(`${app.url}/api/v1/session`, call).then((answer) => answer.status);
      inTheAir--;
      return status;
    };
    const signIns = Array.from({ length: inTheAir }, (_, n) => signIn(n).catch(() => null));
    await Promise.race(signIns);
    const took: number[] = [];
    for (let offset = 0; offset < 8000; offset += 1000) {
      const began = performance.now();
      await customer.append(path, offset, Buffer.alloc(1000, 7)).expect(204);
      took.push(performance.now() - began);
    }
    const [waiting, slowest] = [inTheAir, Math.max(...took)];
    over.abort();
    await Promise.all(signIns);
    expect(waiting).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(10_000);
  });
});

describe('a workspace that is full', () => {
  const declared = (uploadId: string, length: number | null) =>
    app.database.pool.query(`UPDATE recording.upload SET declared_length = $2, max_bytes = 999_000_000 WHERE id = $1`, [
      uploadId,
      length,
    ]);
  const places = async (count: number) => {
    const { admin } = await app.workspace('Full');
    const link = async () => (await admin.post('recording-requests', {}).expect(201)).body.link as string;
    const customers = await Promise.all(Array.from({ length: count }, async () => app.customer(await link())));
    for (const customer of customers) await customer.consent().expect(204);
    return { admin, customers, link: await link() };
  };
  const hasRoom = async (link: string) =>
    (
      await app
        .stranger()
        .post('links/open', { code: link.split('/r/')[1]! })
        .expect(200)
    ).body.hasRoom as boolean;

  it('is said when the link is opened, and refuses what begins; who has begun may end it, and others have their own room', async () => {
    const { customers, link } = await places(2);
    const [begun, later] = customers as [CustomerClient, CustomerClient];
    const screen = await begun.upload(VIDEO);
    await declared(screen.uploadId, 999_000_000);
    expect(await hasRoom(link)).toBe(false);
    const { body, headers } = await later.createUpload().expect(503, 'NO_ROOM');
    expect([body.detail, headers.get('retry-after')]).toEqual([expect.stringContaining('tell whoever sent it'), '600']);
    const camera = await begun.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
    const camerasMost = 'SELECT max_bytes AS bytes FROM recording.upload WHERE id = $1';
    expect((await app.database.pool.query(camerasMost, [camera.uploadId])).rows).toEqual([{ bytes: 20_000_000 }]);
    await declared(screen.uploadId, null);
    expect(await hasRoom(link)).toBe(true);
    await begun.submit(screen.recordingId, [screen, camera]).expect(200);
    await (await consenting()).createUpload().expect(201);
  });

  it('takes a no all the same', async () => {
    const { admin, customers, link } = await places(1);
    await declared((await customers[0]!.upload(VIDEO)).uploadId, 999_000_000);
    const unwilling = await app.customer(link);
    await unwilling.api.post('customer/decline', {}).expect(204);
    const { requestId } = unwilling.view;
    await eventually(async () => {
      expect((await admin.get(`recording-requests/${requestId}`).expect(200)).body.status).toBe('declined');
    });
  });

  it('is not one in which something was declared and does not come, whoever says that they are there', async () => {
    const { customers, link } = await places(1);
    const idle = customers[0]!;
    const screen = await idle.upload(VIDEO);
    await declared(screen.uploadId, 999_000_000);
    await app.database.pool.query(
      `UPDATE recording.upload SET progressed_at = now() - interval '16 minutes' WHERE id = $1`,
      [screen.uploadId],
    );
    await idle.stay(screen.recordingId).expect(204);
    expect(await hasRoom(link)).toBe(true);
    await idle.append(screen.path, VIDEO.length, VIDEO).expect(204);
    expect(await hasRoom(link)).toBe(false);
  });

  it('is not one in which something was declared and only drips, but one in which it comes slowly', async () => {
    const { customers, link } = await places(1);
    const { uploadId } = await customers[0]!.upload(VIDEO);
    await declared(uploadId, 999_000_000);
    const began = (minutesAgo: number, bytes: number) =>
      app.database.pool.query(
        `UPDATE recording.upload SET created_at = now() - make_interval(mins => $2), offset_bytes = $3 WHERE id = $1`,
        [uploadId, minutesAgo, bytes],
      );
    await began(14, 1);
    expect(await hasRoom(link)).toBe(false);
    await began(25, 14_000_000);
    expect(await hasRoom(link)).toBe(true);
    await began(25, 16_000_000);
    expect(await hasRoom(link)).toBe(false);
  });

  it('is filled once, however many begin at the same moment, or say at the same moment how much is coming', async () => {
    const length = 300_000_000;
    const { customers } = await places(6);
    const statuses = async (calls: readonly PromiseLike<{ status: number }>[]) =>
      (await Promise.all(calls)).map(({ status }) => status).sort();
    const begun = customers.map((customer) => customer.createUpload({ length }));
    expect(await statuses(begun)).toEqual([201, 201, 201, 413, 413, 413]);
    const { customers: late } = await places(6);
    const uploads = await Promise.all(late.map((customer) => customer.upload(VIDEO)));
    for (const { uploadId } of uploads) await declared(uploadId, null);
    const said = uploads.map(({ path }, n) =>
      late[n]!.append(path, VIDEO.length, Buffer.alloc(0), { 'upload-length': String(length) }),
    );
    expect(await statuses(said)).toEqual([204, 204, 204, 413, 413, 413]);
  });

  it('is asked also when a length is said later; a little more may always come, to end with', async () => {
    const { customers } = await places(2);
    const [greedy, late] = customers as [CustomerClient, CustomerClient];
    const [large, small] = [await greedy.upload(VIDEO), await late.upload(VIDEO)];
    await declared(large.uploadId, 900_000_000);
    await declared(small.uploadId, null);
    const most = 100_000_000 - VIDEO.length;
    const end = (length: number) =>
      late.append(small.path, VIDEO.length, Buffer.alloc(0), { 'upload-length': String(length) });
    const { body } = await end(most + VIDEO.length + 1).expect(413, 'UPLOAD_TOO_LARGE');
    expect(body.maxBytes).toBe(most + VIDEO.length);
    await declared(large.uploadId, 999_000_000);
    await end(most).expect(413, 'UPLOAD_TOO_LARGE');
    await end(VIDEO.length + 20_000_000).expect(204);
    await end(VIDEO.length + 20_000_000).expect(204);
  });

  it('may be one whose disk is: a reserve stays free, unless recordings lie in a bucket', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'screendesk-disk-'));
    const objects = join(DATA_DIR, 'objects');
    const room = (settings: Record<string, string>) =>
      new MeasuredRoom(app.cell.database, readConfig({ DATA_DIR, ...settings })).left(acme.id);
    await expect(room({})).rejects.toThrow(ObjectStorageAway);
    await mkdir(objects);
    expect(await room({})).toBeGreaterThan(0);
    expect(await room({ FREE_DISK_MEGABYTES: '1000000000' })).toBeLessThan(0);
    expect(await room({ FREE_DISK_MEGABYTES: '1000000000', S3_BUCKET: 'elsewhere' })).toBe(Infinity);
    expect(await room({ WORKSPACE_GIGABYTES: '1', S3_BUCKET: 'elsewhere' })).toBeLessThan(1_000_000_001);
    await rmdir(objects);
    await symlink(NOTHING_FREE, objects);
    expect(await room({ FREE_DISK_MEGABYTES: '1' })).toBe(-1_000_000);
    await rm(DATA_DIR, { recursive: true });
  });

  it('is not waited for where the disk does not answer: nobody can tell then, until it does', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'screendesk-disk-'));
    await mkdir(join(DATA_DIR, 'objects'));
    const room = new MeasuredRoom(app.cell.database, readConfig({ DATA_DIR }), 200);
    const answered = noFileAnswers(join(DATA_DIR, 'silent'));
    try {
      await expect(room.left(acme.id)).rejects.toThrow(ObjectStorageAway);
      await expect(Promise.race([room.left(acme.id), wait(100)])).rejects.toThrow('does not say how much is free');
    } finally {
      await answered();
    }
    await eventually(async () => expect(await room.left(acme.id)).toBeGreaterThan(0));
    await rm(DATA_DIR, { recursive: true });
  });

  /** As on a mount whose server is away: every thread for files waits, here for somebody who writes. @returns what ends it */
  const noFileAnswers = (pipe: string) => {
    execFileSync('mkfifo', [pipe]);
    const threads = Array.from({ length: 2 * Number(process.env.UV_THREADPOOL_SIZE ?? 4) }, () => open(pipe));
    return async () => {
      const writer = openSync(pipe, 'r+');
      for (const file of await Promise.all(threads)) await file.close();
      closeSync(writer);
    };
  };
});
