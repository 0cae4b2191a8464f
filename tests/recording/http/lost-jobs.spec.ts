import { PROCESS_MEDIA } from '#modules/media/processors/process-media.js';
import { removeSegments } from '#modules/media/processors/remove-segments.js';
import { Background } from '#platform/consumers/background.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { eventually } from '../../support/eventually.js';
import { app, reaching, recorded, VIDEO } from './media-ground.js';

const query = async (sql: string, ...values: unknown[]) => (await app.database.pool.query(sql, values)).rows;
const agedBy = (age: string) => query('UPDATE recording.upload SET settled_at = settled_at - $1::interval', age);
const pieces = (recordingId: string) =>
  query(
    'SELECT 1 FROM recording.segment s JOIN recording.upload u ON u.id = s.upload_id WHERE recording_id = $1',
    recordingId,
  );

/** As when Redis was lost and the database is from before the job was written down: it is nowhere. */
async function losing<T>(queue: string, act: () => Promise<T>): Promise<T> {
  await query(`CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`);
  await query(`CREATE TRIGGER lose BEFORE INSERT ON bullmq.job FOR EACH ROW
    WHEN (NEW.name = '${queue}') EXECUTE FUNCTION public.lose()`);
  const result = await act();
  const head = Number(await app.get(EventStore).head());
  await eventually(async () => {
    const [row] = await query('SELECT position FROM platform.consumer WHERE name = $1', `jobs.${queue}`);
    expect(Number(row.position)).toBeGreaterThanOrEqual(head);
  });
  await query('DROP FUNCTION public.lose() CASCADE');
  await query('DELETE FROM platform.job WHERE queue = $1', queue);
  return result;
}

it('a start prepares tables and checkpoints once, be it a worker or not', async () => {
  const prepared = await app.get(Background).prepare();
  expect(await app.get(Background).prepare()).toBe(prepared);
});

it('a recording that was sent and is neither ready nor failed is found, and brought to its end', async () => {
  const id = await losing(PROCESS_MEDIA, () => recorded(VIDEO));
  await agedBy('11 minutes');
  await app.get(Background).reconcile();
  await reaching(id, 'ready');
});

it('the pieces of a recording go, with what was cut off, also when the job was lost', async () => {
  const id = await losing(removeSegments.queue, async () => {
    const sent = await recorded(VIDEO);
    await reaching(sent, 'ready');
    await eventually(async () => {
      const events = await app.get(EventStore).readStream(`recording-${sent}`);
      expect(events.map(({ type }) => type)).toContain('RecordingPreviewed');
    });
    return sent;
  });
  expect(await pieces(id)).not.toEqual([]);
  await agedBy('2 hours');
  await app.get(Background).reconcile(); // asked for again, after the grace that watchers have
  await query(`DELETE FROM bullmq.job WHERE name = $1`, removeSegments.queue); // and lost again
  await query(`UPDATE platform.job SET due_at = now() - interval '1 minute' WHERE queue = $1`, removeSegments.queue);
  await app.get(Background).reconcile();
  await eventually(async () => expect(await pieces(id)).toEqual([]));
});
