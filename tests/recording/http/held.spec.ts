import { RemoveSegmentsHandler } from '#modules/media/processors/remove-segments.js';
import { SettleAbandonedHandler } from '#modules/media/processors/settle-abandoned.js';
import { EraseRecordingHandler } from '#modules/media/processors/erase-recording.js';
import { EndRetentionHandler } from '#modules/recording/processors/end-retention.js';
import { Erasure } from '#platform/erasure/erasure.js';
import { ErasureGate, refuseHeld } from '#platform/erasure/erasure-gate.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { bytesOf } from '../../support/watching.js';
import { acme, agent, app, consenting, objectsOf, reaching, recorded, VIDEO } from './media-ground.js';

const DAY_MS = 86_400_000;
const query = async (sql: string, ...values: unknown[]) => (await app.database.pool.query(sql, values)).rows;
const retention = () =>
  app.get(EndRetentionHandler).endBy(new Date(Date.now() + 100 * DAY_MS), new AbortController().signal);
const abandoned = async () => {
  await query(`UPDATE recording.upload SET last_append_at = now() - interval '8 days' WHERE settled_at IS NULL`);
  await app.get(SettleAbandonedHandler).run();
};

/** Everything there is of a subject: its key, its words, its objects, its rows, and the history that would tell of its end. */
async function all(...subjects: string[]) {
  return Promise.all(
    subjects.map(async (subject) => ({
      erased: await app.get(KeyRing).isErased(subject),
      words: await app.get(EventStore).countSealed(subject),
      objects: (await objectsOf(subject)).length,
      segments: (
        await query(
          'SELECT 1 FROM recording.segment JOIN recording.upload u ON u.id = upload_id WHERE u.recording_id = $1',
          subject,
        )
      ).length,
      events: await Promise.all(
        ['recording', 'recording_request'].map(
          async (category) => (await app.get(EventStore).readStream(`${category}-${subject}`)).length,
        ),
      ),
    })),
  );
}

const gone = (...subjects: string[]) =>
  eventually(async () => {
    for (const { erased, words, objects, segments } of await all(...subjects))
      expect({ erased, words, objects, segments }).toEqual({ erased: true, words: 0, objects: 0, segments: 0 });
  });

/** As when a legal hold lies on them. */
const held = new Set<string>();
async function holding(subjects: string[], work: () => Promise<unknown>): Promise<void> {
  for (const subject of subjects) held.add(subject);
  const before = await all(...subjects);
  await work();
  expect(await all(...subjects)).toEqual(before);
  held.clear();
}

/** Sent, seekable, and quiet: whatever changes from here on is somebody's doing. */
async function sent(more: object = {}): Promise<{ recordingId: string; requestId: string }> {
  const recordingId = await recorded(VIDEO, { note: 'Here it is', ...more });
  const { requestId } = await reaching(recordingId, 'ready');
  await eventually(async () =>
    expect((await app.get(EventStore).readStream(`recording-${recordingId}`)).at(-1)!.type).toBe('RecordingPreviewed'),
  );
  return { recordingId, requestId };
}

beforeAll(() => {
  app.get(ErasureGate).assertOpen = async (...subjects) => {
    if (subjects.some((subject) => held.has(subject))) refuseHeld();
  };
});

describe('what must be kept', () => {
  it('is not deleted by hand, be it the recording or the words around it that are held', async () => {
    const { recordingId, requestId } = await sent();
    for (const one of [recordingId, requestId])
      await holding([one], () => agent.delete(`recordings/${recordingId}`).expect(409, 'ERASURE_HELD'));
    await bytesOf(agent, recordingId).expect(200);
    await agent.delete(`recordings/${recordingId}`).expect(202);
    await gone(recordingId, requestId);
  });

  it('outlives its day, and goes with the first run after the hold; that run does not fail of it', async () => {
    const { recordingId, requestId } = await sent();
    await holding([recordingId, requestId], retention);
    await retention();
    await gone(recordingId, requestId);
  });

  it('is not erased by the job of a deletion from before the hold, nor by the run that repeats it', async () => {
    const { recordingId, requestId } = await sent();
    await query(`CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`);
    await query(`CREATE TRIGGER lose BEFORE INSERT ON bullmq.job FOR EACH ROW
      WHEN (NEW.name = 'recording-erase-recording') EXECUTE FUNCTION public.lose()`);
    await agent.delete(`recordings/${recordingId}`).expect(202);
    const job = { workspaceId: acme.id, correlationId: requestId, causationId: requestId };
    await holding([requestId], async () => {
      await app.get(EraseRecordingHandler).run({ ...job, requestId, recordingId, words: true });
      await retention();
    });
    await query('DROP FUNCTION public.lose() CASCADE');
    await retention();
    await gone(recordingId, requestId);
  });

  it('is not discarded by its customer, whole or upload by upload, nor for their silence', async () => {
    await agent.patch('workspace', { abandonedPolicy: 'discard' }).expect(200);
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const { requestId } = customer.view;
    await holding([screen.recordingId, requestId], async () => {
      await customer.discard(screen.recordingId).expect(409, 'ERASURE_HELD');
      await customer.terminate(screen.path).expect(409, 'ERASURE_HELD');
      await abandoned();
    });
    await customer.discard(screen.recordingId).expect(204);
    await gone(screen.recordingId);
  });

  it('stays when its request is withdrawn, and goes once the hold has ended', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    await holding([recordingId], async () => {
      await agent.post(`recording-requests/${customer.view.requestId}/cancel`).expect(204);
      await abandoned();
    });
    await abandoned();
    await gone(recordingId);
  });

  it('is what was sent, and not what its customer cut off, which goes as they were promised', async () => {
    const { recordingId, requestId } = await sent({ trim: { startMs: 0, endMs: 600 } });
    const cause = { workspaceId: acme.id, correlationId: requestId, causationId: requestId };
    for (const subject of [recordingId, requestId]) held.add(subject);
    await app.get(RemoveSegmentsHandler).run({ ...cause, recordingId });
    held.clear();
    expect(await all(recordingId)).toMatchObject([{ erased: false, segments: 0 }]);
    await bytesOf(agent, recordingId).expect(200);
  });

  it('are also the words of a request that ended unanswered', async () => {
    const { body } = await agent.post('recording-requests', { message: 'Hi', expiresInHours: 1 }).expect(201);
    await agent.post(`recording-requests/${body.id}/cancel`).expect(204);
    await eventually(async () =>
      expect((await agent.get(`recording-requests/${body.id}`).expect(200)).body.status).toBe('cancelled'),
    );
    await holding([body.id], retention);
    await retention();
    await gone(body.id);
  });
});

it('an erasure tells store by store what there was, also when it is asked again', async () => {
  const customer = await consenting();
  const { recordingId } = await customer.upload(VIDEO);
  const { objects, segments } = (await all(recordingId))[0]!;
  const nothing = { rows: 0, objects: 0, versions: 0, sealedParts: 0 };
  for (let asked = 0; asked < 2; asked++)
    expect(await app.get(Erasure).erase(recordingId)).toEqual({
      ...{ ...nothing, objects, versions: objects, rows: segments },
      keyFingerprints: [expect.any(String)],
      removed: {
        events: nothing,
        'media objects': { ...nothing, objects, versions: objects },
        'media rows': { ...nothing, rows: segments },
      },
    });
  expect(segments).toBeGreaterThan(1);
});
