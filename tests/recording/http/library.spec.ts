import { randomBytes } from 'node:crypto';
import { VIDEO, app, agent, reaching } from './media-ground.js';

describe('the library', () => {
  it('finds by words, ticket, status and time, in its own workspace', async () => {
    const reference = `T-${randomBytes(4).toString('hex')}`;
    const asked = {
      customerName: 'Zoë Quist',
      message: 'Invoice page',
      ticket: { reference, subject: 'Broken button' },
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
    ])
      expect(await found(filter)).toEqual([id]);
    expect(await found(`from=${at(-60_000)}&to=${at(60_000)}&limit=1`)).toEqual([id]);
    for (const filter of [
      'q=quist+nothing',
      `ticket=${reference}&status=failed`,
      `ticket=${reference}x`,
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
});
