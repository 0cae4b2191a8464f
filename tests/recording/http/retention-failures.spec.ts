import { randomUUID } from 'node:crypto';
import { EndRetentionHandler } from '#modules/recording/processors/end-retention.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { acme, agent, app, reaching, recorded, VIDEO } from './media-ground.js';

const DAY_MS = 86_400_000;
const inAHundredDays = () =>
  app.get(EndRetentionHandler).endBy(new Date(Date.now() + 100 * DAY_MS), new AbortController().signal);
const query = (sql: string, ...values: unknown[]) => app.database.pool.query(sql, values);
const isErased = (subject: string) =>
  eventually(async () => expect(await app.get(KeyRing).isErased(subject)).toBe(true));

async function ended(): Promise<string> {
  const { body, headers } = await agent.post('recording-requests', { message: 'Hi', expiresInHours: 1 }).expect(201);
  await agent.get(`recording-requests/${body.id}?after=${headers.get('screendesk-after')}`).expect(200);
  return body.id;
}

it('a workspace that cannot be read keeps nobody else waiting, is named, and lets the run end as failed', async () => {
  const [undated, unread] = [await recorded(VIDEO), await recorded(VIDEO)];
  for (const id of [undated, unread]) await reaching(id, 'ready');
  const [request, unreadRequest] = [await ended(), await ended()];
  const [first, second] = [randomUUID(), randomUUID()];
  const list = 'UPDATE recording_v7.recording_list SET deletes_at = NULL, workspace_id = $2 WHERE id = $1';
  await query(list, undated, acme.id);
  await query(list, unread, first);
  await query('UPDATE recording_v6.request_list SET workspace_id = $2 WHERE id = $1', unreadRequest, second);
  await expect(inAHundredDays()).rejects.toThrow('2 of what is past its retention');
  await isErased(undated);
  await isErased(request);
  for (const id of [unread, unreadRequest]) expect(await app.get(KeyRing).isErased(id)).toBe(false);
  for (const workspace of [first, second]) expect(app.log()).toContain(workspace);
});
