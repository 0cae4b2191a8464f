import { SettleAbandonedHandler } from '#modules/media/processors/settle-abandoned.js';
import { Attendance } from '#modules/media/uploads/attendance.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { acme, app, asked, consenting, events, objectsOf, statusOf, VIDEO } from './customer-ground.js';

describe('a recording that nobody comes back to', () => {
  const quiet = (recordingId: string, silence = '16 minutes') =>
    app.database.pool.query(
      'UPDATE recording.upload SET last_append_at = now() - $2::interval WHERE recording_id = $1',
      [recordingId, silence],
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

  it('waits for its customer, unseen, where the workspace does not want what is not sent', async () => {
    await policy('discard');
    const { link } = await asked();
    const customer = await app.customer(link);
    await customer.consent().expect(204);
    const screen = await customer.upload(VIDEO.subarray(0, 30_000));
    const { requestId } = customer.view;
    for (let look = 0; look < 2; look++) {
      await quiet(screen.recordingId, '1 hour');
      await settle();
      await eventually(async () => expect(await statusOf(requestId)).toBe('opened'));
      await acme.admin.get(`recordings/${screen.recordingId}`).expect(404);
      expect((await app.customer(link)).view.resumable).toMatchObject([{ recordingId: screen.recordingId }]);
      await settle();
      await customer.stay(screen.recordingId).expect(204);
      await settle();
      await eventually(async () => expect(await statusOf(requestId)).toBe('recording'));
    }
    const [left, resumed] = ['RecordingLeft', 'RecordingResumed'];
    expect((await events(requestId)).slice(-4)).toEqual([left, resumed, left, resumed]);
    await customer.append(screen.path, 30_000, VIDEO.subarray(30_000)).expect(204);
    await quiet(screen.recordingId);
    await settle();
    await customer.submit(screen.recordingId, [{ ...screen, bytes: VIDEO }]).expect(200);
  });

  it('is erased when it has waited for days in vain', async () => {
    await policy('discard');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId, '6 days');
    await settle();
    expect(await objectsOf(screen.recordingId)).not.toEqual([]);
    await quiet(screen.recordingId, '8 days');
    await settle();
    await eventually(async () => expect(await objectsOf(screen.recordingId)).toEqual([]));
    await eventually(async () => expect(await app.get(KeyRing).isErased(screen.recordingId)).toBe(true));
    expect((await events(customer.view.requestId)).slice(-2)).toEqual(['RecordingLeft', 'RecordingDiscarded']);
  });

  it('waits no longer because we were away meanwhile', async () => {
    await policy('discard');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    await settle();
    const silence = 'SELECT now() - last_append_at AS s FROM recording.upload WHERE recording_id = $1';
    await app.database.pool.query("UPDATE recording.abandoned_watch SET looked_at = now() - interval '20 minutes'");
    await settle();
    expect((await app.database.pool.query(silence, [screen.recordingId])).rows[0].s.minutes).toBe(16);
  });

  it('is handed over only when the customer was told so as they agreed', async () => {
    for (const [then, now] of ['discard finalise', 'finalise discard'].map((both) => both.split(' '))) {
      await policy(then!);
      const customer = await consenting();
      const screen = await customer.upload(VIDEO);
      await policy(now!);
      await quiet(screen.recordingId);
      await settle();
      expect((await events(customer.view.requestId)).at(-1)).toBe('RecordingLeft');
    }
  });

  it('of which only the camera arrived is no recording', async () => {
    await policy('finalise');
    const customer = await consenting();
    const camera = await customer.upload(VIDEO, { track: 'camera' });
    await quiet(camera.recordingId, '8 days');
    await settle();
    await eventually(async () => expect(await statusOf(customer.view.requestId)).toBe('opened'));
    await eventually(async () => expect(await objectsOf(camera.recordingId)).toEqual([]));
  });

  it('is never half a file: that waits for days to be gone on with', async () => {
    await policy('finalise');
    const { link } = await asked();
    const customer = await app.customer(link);
    await customer.consent().expect(204);
    const file = await customer.upload(VIDEO.subarray(0, 30_000), { length: VIDEO.length });
    await quiet(file.recordingId, '6 days');
    await settle();
    const { view } = await app.customer(link);
    expect(view.resumable[0].uploads[0]).toMatchObject({ source: 'file', offset: 30_000, length: VIDEO.length });
    await customer.append(file.path, 30_000, VIDEO.subarray(30_000)).expect(204);
    await customer.submit(file.recordingId, [{ ...file, bytes: VIDEO }]).expect(200);
  });

  it('is erased when it is half a file to which nobody comes back at all, whatever the workspace wants', async () => {
    await policy('finalise');
    const customer = await consenting();
    const file = await customer.upload(VIDEO.subarray(0, 30_000), { length: VIDEO.length });
    await quiet(file.recordingId, '8 days');
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await eventually(async () => expect(await objectsOf(file.recordingId)).toEqual([]));
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

  it('is kept by a later run when it could be closed but not be received', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    const { pool } = app.database;
    await pool.query(`CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'the log is full' USING ERRCODE = '53100'; END $$`);
    await pool.query(`CREATE TRIGGER fail BEFORE INSERT ON es.event FOR EACH ROW
      WHEN (NEW.type = 'RecordingSubmitted') EXECUTE FUNCTION public.fail()`);
    await expect(settle()).rejects.toThrow('the log is full');
    await pool.query('DROP FUNCTION public.fail() CASCADE');
    await settle();
    expect(await events(customer.view.requestId)).toContain('RecordingSubmitted');
  });

  it('is not one while nobody was there to take what the customer sent', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await settle();
    await quiet(screen.recordingId);
    await app.database.pool.query("UPDATE recording.abandoned_watch SET looked_at = now() - interval '20 minutes'");
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await quiet(screen.recordingId);
    await settle();
    expect(await events(customer.view.requestId)).toContain('RecordingSubmitted');
  });

  it('is not one while no web server was there, nor right after', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    const [{ web_at }] = (await app.database.pool.query('SELECT web_at FROM recording.abandoned_watch')).rows;
    expect(Date.now() - web_at).toBeLessThan(60_000);
    await app.database.pool.query("UPDATE recording.abandoned_watch SET web_at = now() - interval '20 minutes'");
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await app.get(Attendance).sign('web');
    await settle();
    expect(await events(customer.view.requestId)).not.toContain('RecordingSubmitted');
    await app.get(Attendance).sign('web');
    await quiet(screen.recordingId);
    await settle();
    expect(await events(customer.view.requestId)).toContain('RecordingSubmitted');
  });

  it('and was kept is not sent once more with parts cut off, which would still be in it', async () => {
    await policy('finalise');
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await quiet(screen.recordingId);
    await settle();
    const trim = { startMs: 500, endMs: 1000 };
    const refused = await customer.submit(screen.recordingId, [screen], { trim }).expect(410, 'KEPT_ALREADY');
    expect(refused.body).toMatchObject({ receivedAt: expect.any(String) });
    await customer.submit(screen.recordingId, [screen], { note: 'At the end' }).expect(410, 'KEPT_ALREADY');
    await customer.submit(screen.recordingId, [screen]).expect(200);
  });

  it('does not keep others waiting when it cannot be settled', async () => {
    await policy('discard');
    const [broken, customer] = [await consenting(), await consenting()];
    const [stuck, screen] = [await broken.upload(VIDEO), await customer.upload(VIDEO)];
    await app.database.pool.query(
      'UPDATE recording.upload SET workspace_id = gen_random_uuid() WHERE recording_id = $1',
      [stuck.recordingId],
    );
    await quiet(stuck.recordingId, '8 days');
    await quiet(screen.recordingId, '8 days');
    await expect(settle()).rejects.toThrow();
    await eventually(async () => expect(await objectsOf(screen.recordingId)).toEqual([]));
  });
});
