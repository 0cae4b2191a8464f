import { randomBytes, randomUUID } from 'node:crypto';
import { recordingList } from '#modules/recording/projections/recording-list.js';
import { eventually } from '../../support/eventually.js';
import { follow } from '../../support/event-stream.js';
import { WholeApp } from '../../support/whole-app.js';
import { VIDEO, app, agent, reaching } from './media-ground.js';

describe('the library', () => {
  it('finds by words, ticket, status and time, in its own workspace', async () => {
    const reference = `T-${randomBytes(4).toString('hex')}`;
    const asked = {
      customerName: 'Zoë Quist',
      message: 'Invoice page',
      ticket: { connector: 'jira', reference, subject: 'Broken button' },
    };
    const { body } = await agent.post('recording-requests', asked).expect(201);
    const id = await (await app.customer(body.link)).record(VIDEO, { note: 'See the spinner' });
    await reaching(id, 'ready');
    const found = async (filter: string) =>
      (await agent.get(`recordings?${filter}`).expect(200)).body.items.map((one: { id: string }) => one.id);
    const now = Date.now();
    const at = (ms: number) => encodeURIComponent(new Date(now + ms).toISOString());
    for (const filter of [
      'q=quist+SPINNER',
      'q=broken',
      `q=${reference}`,
      `ticket=${reference}`,
      `ticket=${reference}&status=ready`,
      `ticket=${reference}&connector=jira`,
    ])
      expect(await found(filter)).toEqual([id]);
    expect(await found(`from=${at(-60_000)}&to=${at(60_000)}&limit=1`)).toEqual([id]);
    for (const filter of [
      'q=quist+nothing',
      `ticket=${reference}&status=failed`,
      `ticket=${reference}x`,
      `ticket=${reference}&connector=zendesk`,
      `from=${at(60_000)}`,
    ])
      expect(await found(filter)).toEqual([]);
    const other = await app.workspace('Other');
    expect((await other.admin.get(`recordings?ticket=${reference}`).expect(200)).body.items).toEqual([]);
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const { body: page } = await agent.get(`recordings?limit=2${cursor}`).expect(200);
      pages.push(...page.items.map((one: { id: string }) => one.id));
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(pages).toEqual(await found('limit=100'));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('tells what nobody has watched yet from what somebody has, and since when', async () => {
    const reference = `T-${randomBytes(4).toString('hex')}`;
    const { body } = await agent.post('recording-requests', { ticket: { reference } }).expect(201);
    const id = await (await app.customer(body.link)).record(VIDEO);
    await eventually(async () => expect((await reaching(id, 'ready')).version).toBe(1)); // pictures and all
    const list = async (filter: string) =>
      (await agent.get(`recordings?ticket=${reference}&${filter}`).expect(200)).body.items;
    expect(await list('watched=false')).toMatchObject([{ id, watchedAt: null }]);
    expect(await list('watched=true')).toEqual([]);
    const before = await agent.get(`recordings/${id}`).expect(200);
    const stream = await follow(agent);
    const watch = async () =>
      (await agent.post(`recordings/${id}/viewings`).expect(201)).headers.get('screendesk-after');
    const [first] = await list(`watched=true&after=${await watch()}`);
    expect(Date.parse(first.watchedAt)).toBeGreaterThan(Date.parse(first.receivedAt));
    expect(await list('watched=false')).toEqual([]);
    await eventually(() => expect(stream.changes).toContainEqual(expect.objectContaining({ kind: 'recording', id })));
    stream.close();
    const after = await agent.get(`recordings/${id}?after=${await watch()}`).expect(200);
    expect(after.body).toEqual(first); // the first time counts
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(after.body.version).toBe(before.body.version);
    await agent.delete(`recordings/${id}`, { 'if-match': `"${before.body.version}"` }).expect(202);
  });

  it('says that it is being prepared, rather than show a part, while the requests it names are still being listed', async () => {
    const web = await WholeApp.start({ ROLE: 'web' }); // no worker, so that what is behind stays behind
    const key = await web.apiKey(await web.workspace(), 'recordings:read');
    const isServing = `UPDATE platform.consumer SET status = 'serving' WHERE name = $1`;
    await web.database.pool.query(isServing, [recordingList.name]);
    for (const path of ['recordings', `recordings/${randomUUID()}`])
      await key.get(path).expect(503, 'LIST_BEING_BUILT');
    await web.stop();
  });
});
