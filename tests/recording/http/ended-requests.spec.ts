import { EndRetentionHandler } from '#modules/recording/processors/end-retention.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { agent, app, create, events, REQUESTS } from './requests-ground.js';

const DAY_MS = 86_400_000;
const query = async (sql: string, ...values: unknown[]) => (await app.database.pool.query(sql, values)).rows;
/** Long after everything's period. */
const endAll = () =>
  app.get(EndRetentionHandler).endBy(new Date(Date.now() + 400 * DAY_MS), new AbortController().signal);
async function expired() {
  const request = await create({ message: 'Show me', expiresInHours: 1 });
  return (await agent.get(`${REQUESTS}/${request.id}?after=${request.after}`).expect(200)).body;
}
const remind = (id: string) => agent.post(`${REQUESTS}/${id}/remind`);

/** Holds the destruction of a key up for as long as something else happens. */
async function whileErasing<T>(id: string, what: () => Promise<T>): Promise<T> {
  const holder = await app.database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM keys.subject_key WHERE subject = $1 FOR UPDATE', [id]);
    const erasing = endAll();
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await query(waiting)).toHaveLength(1));
    const result = await what();
    await holder.query('COMMIT');
    await erasing;
    return result;
  } finally {
    holder.release();
  }
}

it('a reminder gets no link any more once the words are about to go', async () => {
  const { id } = await expired();
  const { status, body } = await whileErasing(id, async () => remind(id));
  expect([status, body.code]).toEqual([410, 'REQUEST_ERASED']);
  expect(await events(id)).toEqual(['RecordingRequested', 'RecordingRequestErasureBegun', 'RecordingRequestErased']);
});

it('an erasure that dies once it is decided is finished by the next run, whatever is tried meanwhile', async () => {
  const { id, lastChangeAt } = await expired();
  await query(`CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''died''; END'`);
  await query(`CREATE TRIGGER die BEFORE UPDATE ON keys.subject_key FOR EACH ROW
    WHEN (NEW.wrapped IS NULL) EXECUTE FUNCTION public.die()`);
  await expect(endAll()).rejects.toThrow('1 of what is past its retention');
  await query('DROP FUNCTION public.die() CASCADE');
  // When it ended stays as it was, or the next run would find that it ended only now.
  const { version } = await eventually(async () => {
    const { body } = await agent.get(`${REQUESTS}/${id}`).expect(200);
    expect(body).toMatchObject({ version: 1, lastChangeAt });
    return body;
  });
  await remind(id).expect(410, 'REQUEST_ERASED');
  const headers = { 'if-match': `"${version}"` };
  await agent.post(`${REQUESTS}/${id}/cancel`, undefined, headers).expect(410, 'REQUEST_ERASED');
  await endAll();
  expect(await app.get(KeyRing).isErased(id)).toBe(true);
  expect(await events(id)).toEqual(['RecordingRequested', 'RecordingRequestErasureBegun', 'RecordingRequestErased']);
  await eventually(async () => expect((await agent.get(`${REQUESTS}/${id}`)).body.message).toBeNull());
});
