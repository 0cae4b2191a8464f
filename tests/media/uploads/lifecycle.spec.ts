import { randomBytes } from 'node:crypto';
import { SegmentRemoval } from '#modules/media/uploads/segment-removal.js';
import { UploadLifecycle } from '#modules/media/uploads/upload-lifecycle.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { madeOf, objectsOf, rowOf, stored } from './support/stored.js';
import { metadata, TusCustomer, type Opened } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let server: UploadApp;
let lifecycle: UploadLifecycle;
let removal: SegmentRemoval;
const bytes = randomBytes(30_000);
beforeAll(async () => {
  ground = await uploadGround();
  server = await ground.start();
  [lifecycle, removal] = [server.get(UploadLifecycle), server.get(SegmentRemoval)];
});
afterAll(() => ground.drop());

const customer = new TusCustomer();
async function uploaded(joins?: Opened) {
  const camera = joins && metadata({ filetype: 'video/webm', track: 'camera', recording: joins.recordingId });
  const upload = await customer.open(server, camera);
  await customer.patch(server, upload.path, 0, bytes);
  return upload;
}
const quiet = ({ id }: Opened, minutes: number) =>
  ground.database.pool.query(
    'UPDATE recording.upload SET last_append_at = now() - make_interval(mins => $2) WHERE id = $1',
    [id, minutes],
  );
const closedAgo = ({ id }: Opened, minutes: number) =>
  ground.database.pool.query(
    'UPDATE recording.upload SET closed_at = now() - make_interval(mins => $2) WHERE id = $1',
    [id, minutes],
  );
const abandoned = async () => (await lifecycle.abandoned(15)).map(({ recordingId }) => recordingId);

describe('an abandoned recording', () => {
  it('is one whose every upload is silent, until it is kept or discarded', async () => {
    const [kept, thrown, fresh] = [await uploaded(), await uploaded(), await uploaded()];
    const camera = await uploaded(kept);
    await Promise.all([quiet(kept, 20), quiet(thrown, 30), quiet(fresh, 10)]);
    expect(await abandoned()).toEqual([thrown.recordingId]);
    await quiet(camera, 16);
    expect(await lifecycle.abandoned(15)).toEqual([
      { recordingId: thrown.recordingId, ...owner(), bytes: 30_000, whole: true, forgotten: false },
      { recordingId: kept.recordingId, ...owner(), bytes: 60_000, whole: true, forgotten: false },
    ]);
    await lifecycle.finalise(kept.recordingId);
    await lifecycle.discard(thrown.recordingId);
    expect(await abandoned()).toEqual([]);
    expect([(await rowOf(server, kept)).status, (await rowOf(server, camera)).status]).toEqual([
      'finalised',
      'finalised',
    ]);
    expect(await stored(server, kept)).toEqual(madeOf(bytes));
  });

  it('may be complete and yet never sent', async () => {
    const upload = await uploaded();
    await customer.complete(server, upload.path, bytes);
    await quiet(upload, 20);
    expect(await abandoned()).toEqual([upload.recordingId]);
    await lifecycle.finalise(upload.recordingId);
    expect(await abandoned()).toEqual([]);
    expect(await rowOf(server, upload)).toMatchObject({ status: 'complete', settled: true });
  });
});

describe('a file of which a part is missing', () => {
  it('is not whole, also when it is only one of two', async () => {
    const screen = await uploaded();
    const camera = metadata({ filetype: 'video/webm', track: 'camera', recording: screen.recordingId });
    const half = await customer.open(server, { ...camera, 'upload-length': '60000' });
    await customer.patch(server, half.path, 0, bytes);
    await Promise.all([quiet(screen, 20), quiet(half, 20)]);
    expect(await lifecycle.abandoned(15)).toMatchObject([{ recordingId: screen.recordingId, whole: false }]);
    await lifecycle.discard(screen.recordingId);
  });
});

describe('a recording whose customer is known to be gone', () => {
  it('is looked at again when they have been back, and when it is forgotten', async () => {
    const { recordingId, ...upload } = await uploaded();
    const owned = { recordingId, ...owner() };
    const back = () => lifecycle.stay(recordingId, owned.owner);
    await quiet({ recordingId, ...upload }, 20);
    await lifecycle.leave(recordingId);
    expect([await abandoned(), await lifecycle.returned()]).toEqual([[], []]);
    await back();
    expect([await abandoned(), await lifecycle.returned()]).toEqual([[], [owned]]);
    await lifecycle.comeBack(recordingId);
    expect(await lifecycle.returned()).toEqual([]);
    await lifecycle.leave(recordingId);
    await quiet({ recordingId, ...upload }, 8 * 1440);
    expect(await lifecycle.abandoned(15)).toEqual([{ ...owned, bytes: 30_000, whole: true, forgotten: true }]);
    await lifecycle.discard(recordingId);
  });
});

describe('an upload that was taken back', () => {
  it('is looked after until its recording has heard of it, and counts for nothing', async () => {
    const [screen] = [await uploaded()];
    const camera = await uploaded(screen);
    await lifecycle.terminate(camera);
    await Promise.all([quiet(screen, 20), quiet(camera, 20)]);
    expect(await lifecycle.abandoned(15)).toEqual([
      { recordingId: screen.recordingId, ...owner(), bytes: 30_000, whole: true, forgotten: false },
    ]);
    await lifecycle.terminate(screen);
    expect(await lifecycle.abandoned(15)).toEqual([
      { recordingId: screen.recordingId, ...owner(), bytes: 0, whole: true, forgotten: false },
    ]);
    await lifecycle.discard(screen.recordingId);
    expect(await abandoned()).toEqual([]);
  });
});

describe('an upload that could not tell its recording', () => {
  it('is taken back when it was refused, and kept for the sweep when nobody knows what became of it', async () => {
    const rows = async () =>
      (await ground.database.pool.query('SELECT count(*)::int AS n FROM recording.upload')).rows[0].n as number;
    const before = await rows();
    const refused = await customer.create(server, metadata({ filetype: 'video/3gpp' }));
    expect([refused.status, await rows()]).toEqual([409, before]);
    server.recordings.unreachable = true;
    const lost = await customer.create(server);
    server.recordings.unreachable = false;
    expect([lost.status, await rows()]).toEqual([503, before + 1]);
    expect(server.recordings.takenBack).toBe(1);
  });
});

describe('a discarded recording', () => {
  it('loses rows and objects of all its tracks, and doing it again changes nothing', async () => {
    const screen = await uploaded();
    const camera = await uploaded(screen);
    await customer.complete(server, screen.path, bytes);
    for (let time = 0; time < 2; time++) {
      await lifecycle.discard(screen.recordingId);
      expect((await objectsOf(server, screen.recordingId)).size).toBe(0);
      for (const upload of [screen, camera]) {
        expect(await rowOf(server, upload)).toMatchObject({
          status: 'discarded',
          settled: true,
          sha256: null,
          width: null,
        });
        expect((await stored(server, upload)).manifest).toEqual([]);
        expect((await customer.head(server, upload.path)).status).toBe(410);
      }
    }
  });
});

describe('segments', () => {
  it('go when the seekable file has replaced them; what else lies with the recording stays', async () => {
    const upload = await uploaded();
    await lifecycle.finalise(upload.recordingId);
    const made = `recordings/${upload.recordingId}/made/seekable`;
    await server.get(ObjectStorage).put(made, bytes);
    await removal.removeSegments(upload.recordingId, 'screen');
    expect([...(await objectsOf(server, upload.recordingId)).keys()]).toEqual([made]);
    expect((await stored(server, upload)).manifest).toEqual([]);
    expect(await rowOf(server, upload)).toMatchObject({ offset: 30_000, status: 'finalised' });
  });

  it('of an upload that still takes appends are left alone', async () => {
    const upload = await uploaded();
    await removal.removeSegments(upload.recordingId, 'screen');
    expect(await stored(server, upload)).toEqual(madeOf(bytes));
  });
});

describe('the sweep', () => {
  /** An object that lost its race: stored, but no row speaks of it. */
  const orphan = async ({ recordingId, id }: Opened) => {
    const key = `recordings/${recordingId}/${id}/000000030000-0123456789abcdef`;
    await server.get(ObjectStorage).put(key, bytes);
    return key;
  };

  it('deletes objects without a row under uploads closed an hour ago, once', async () => {
    const [open, fresh, old, gone] = [await uploaded(), await uploaded(), await uploaded(), await uploaded()];
    for (const upload of [fresh, old]) await lifecycle.finalise(upload.recordingId);
    await lifecycle.discard(gone.recordingId);
    const orphans = [await orphan(open), await orphan(fresh), await orphan(old), await orphan(gone)];
    await Promise.all([closedAgo(fresh, 59), closedAgo(old, 61), closedAgo(gone, 61)]);
    expect(await removal.sweep()).toBe(2);
    const left = [];
    for (const { recordingId } of [open, fresh, old, gone]) left.push(...(await objectsOf(server, recordingId)).keys());
    expect(left.filter((key) => orphans.includes(key))).toEqual(orphans.slice(0, 2));
    expect(await stored(server, old)).toEqual(madeOf(bytes));
    await orphan(old);
    expect(await removal.sweep()).toBe(0);
  });

  it('leaves nothing to a server that still believes the upload open: it looks before it stores', async () => {
    const upload = await uploaded();
    await quiet(upload, 31);
    await customer.head(server, upload.path); // what this server knows from now on is half an hour old
    await lifecycle.finalise(upload.recordingId);
    const before = await objectsOf(server, upload.recordingId);
    expect((await customer.patch(server, upload.path, bytes.length, bytes)).status).toBe(410);
    expect(await objectsOf(server, upload.recordingId)).toEqual(before);
  });
});

function owner() {
  return { owner: { kind: 'recording_request', id: customer.requestId }, workspaceId: customer.workspaceId };
}
