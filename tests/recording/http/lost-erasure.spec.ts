import type { RemovedByStore } from '#kernel/removed.js';
import { ProvableErasure } from '#modules/media/erasure/provable-erasure.js';
import type { MediaOwner } from '#modules/media/contract.js';
import { EndRetentionHandler } from '#modules/recording/processors/end-retention.js';
import { SettleAbandonedHandler } from '#modules/media/processors/settle-abandoned.js';
import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { systemMeta } from '../../support/system-meta.js';
import { acme, agent, app, consenting, objectsOf, reaching, recorded, VIDEO } from './media-ground.js';

interface Doomed {
  readonly recordingId: string;
  readonly requestId: string;
  readonly owner: MediaOwner;
  /** What erasing it has to destroy: stored objects, and sealed words around it. */
  readonly objects: number;
  readonly words: number;
}

const query = async (sql: string, ...values: unknown[]) => (await app.database.pool.query(sql, values)).rows;
const hourly = () => app.get(EndRetentionHandler).run({}, { signal: new AbortController().signal });
const erasures = async ({ recordingId }: Doomed) =>
  (await app.get(EventStore).readStream(`recording-${recordingId}`))
    .filter(({ type }) => type === 'RecordingErased')
    .map(({ data: { removed, ...data } }) => ({ ...data, ...counts(removed as RemovedByStore) }));
const counts = ({ 'media objects': media, events }: RemovedByStore) => ({
  objects: media!.objects,
  words: events!.sealedParts,
});

async function ready(): Promise<Doomed> {
  const recordingId = await recorded(VIDEO, { note: 'Here it is' });
  const { requestId } = await reaching(recordingId, 'ready');
  await eventually(async () => expect(await objectsOf(recordingId)).toContain('made'));
  const words = await query('SELECT 1 FROM es.event_pii WHERE subject = $1', requestId);
  const ids = { recordingId, requestId, owner: ownerOf(requestId) };
  return { ...ids, objects: (await objectsOf(recordingId)).length, words: words.length };
}

/** As when Redis lost its data: the log was read to its end, and the erasure it asked for is nowhere. */
async function losingJobs(act: () => Promise<unknown>): Promise<void> {
  await query(`CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`);
  await query(`CREATE TRIGGER lose BEFORE INSERT ON bullmq.job FOR EACH ROW
    WHEN (NEW.name = 'recording-erase-recording') EXECUTE FUNCTION public.lose()`);
  await act();
  const head = Number(await app.get(EventStore).head());
  await eventually(async () => {
    const [row] = await query(`SELECT position FROM platform.consumer WHERE name = 'jobs.recording-erase-recording'`);
    expect(Number(row.position)).toBeGreaterThanOrEqual(head);
  });
  await query('DROP FUNCTION public.lose() CASCADE');
}

async function deletedWithoutJob(): Promise<Doomed> {
  const doomed = await ready();
  await losingJobs(() => agent.delete(`recordings/${doomed.recordingId}`).expect(202));
  return doomed;
}

async function expectGone(doomed: Doomed): Promise<void> {
  const { recordingId, requestId } = doomed;
  for (const subject of [recordingId, requestId]) expect(await app.get(KeyRing).isErased(subject)).toBe(true);
  expect(await objectsOf(recordingId)).toEqual([]);
  expect(await erasures(doomed)).toEqual([{ ...doomed, keyFingerprints: [expect.any(String), expect.any(String)] }]);
  await eventually(() => agent.get(`recordings/${recordingId}`).expect(404));
}

it('a recording whose erasure was lost is erased by the hourly run, once', async () => {
  const doomed = await deletedWithoutJob();
  expect(await app.get(KeyRing).isErased(doomed.recordingId)).toBe(false);
  await Promise.all([hourly(), hourly()]);
  await hourly();
  await expectGone(doomed);
});

it('an erasure that died before its note is noted with all that it had destroyed', async () => {
  const doomed = await deletedWithoutJob();
  await query(`CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''died''; END'`);
  await query(`CREATE TRIGGER die BEFORE INSERT ON es.event FOR EACH ROW
    WHEN (NEW.type = 'RecordingErased') EXECUTE FUNCTION public.die()`);
  await expect(hourly()).rejects.toThrow('1 of what is past its retention');
  await query('DROP FUNCTION public.die() CASCADE');
  expect(await objectsOf(doomed.recordingId)).toEqual([]);
  expect(await erasures(doomed)).toEqual([]);
  await hourly();
  await expectGone(doomed);
});

it('erasures of the same recording at the same time note all of it, whichever comes first', async () => {
  const doomed = await deletedWithoutJob();
  const by = { ...systemMeta, workspaceId: acme.id };
  const erase = () => app.get(ProvableErasure).erase({ ...doomed, words: true }, by);
  await Promise.all([erase(), erase(), erase()]);
  await expectGone(doomed);
});

it('what was thrown away with its request is erased once it is silent, when its erasure was lost', async () => {
  const customer = await consenting();
  const { requestId } = customer.view;
  const { recordingId } = await customer.upload(VIDEO);
  const ids = { recordingId, requestId, owner: ownerOf(requestId) };
  const doomed = { ...ids, objects: (await objectsOf(recordingId)).length, words: 0 };
  await losingJobs(() => agent.post(`recording-requests/${requestId}/cancel`).expect(204));
  await query(`UPDATE recording.upload SET last_append_at = now() - interval '16 minutes'`);
  await app.get(SettleAbandonedHandler).run();
  expect(await app.get(KeyRing).isErased(recordingId)).toBe(true);
  expect(await erasures(doomed)).toEqual([{ ...doomed, keyFingerprints: [expect.any(String)] }]);
});
