import { randomUUID } from 'node:crypto';
import { EventStore } from '#platform/event-store/event-store.js';
import { eventually } from '../../support/eventually.js';
import { app, acme, agent, REQUESTS, create, events } from './requests-ground.js';

describe('asking for a recording', () => {
  const input = {
    customerName: 'Jane Doe',
    customerEmail: 'jane@example.com',
    message: 'Please show the error',
    ticket: { reference: 'T-1', subject: 'Login broken', url: 'https://help.example/t/1' },
    options: { microphone: 'on', camera: false, systemAudio: false, maxDurationMs: 60_000 },
  };

  it('answers the request, and its link once', async () => {
    const { link, after, etag, ...view } = await create(input);
    expect(link).toMatch(new RegExp(`^${app.url}/r/[0-9a-hjkmnp-tv-z]{26}$`));
    expect(view).toMatchObject({ status: 'sent', customerName: 'Jane Doe', ticket: input.ticket, recordingId: null });
    expect(view.agent.name).toBe('Bob Agent');
    expect(Date.parse(view.expiresAt) - Date.parse(view.createdAt)).toBe(72 * 3_600_000);
    const read = await agent.get(`${REQUESTS}/${view.id}?after=${after}`).expect(200);
    expect(read.body).toEqual({ ...view, lastChangeAt: expect.any(String) as string });
    expect([etag, read.headers.get('etag')]).toEqual(['"0"', expect.stringMatching(/^"0-/)]);
    expect(read.body.link).toBeUndefined();
  });

  it('can be read at its address at once, by whom it belongs to', async () => {
    const other = await app.workspace('Other');
    for (let times = 0; times < 5; times++) {
      const { headers, body } = await agent.post(REQUESTS, input).expect(201);
      const read = await agent.get(headers.get('location')!).expect(200);
      expect({ ...read.body, link: body.link }).toEqual({ ...body, lastChangeAt: expect.any(String) as string });
      await other.admin.get(headers.get('location')!).expect(404, 'REQUEST_UNKNOWN');
    }
    await agent.get(`${REQUESTS}/${randomUUID()}`).expect(404, 'REQUEST_UNKNOWN');
  });

  it('tells which helpdesk knows the ticket: the one named, else that somebody named the ticket by hand', async () => {
    const [named, byHand] = [await create({ ticket: { ...input.ticket, connector: 'zammad' } }), await create(input)];
    for (const [{ id, after, ticket }, connector] of [[named, 'zammad'] as const, [byHand, 'manual'] as const]) {
      expect(ticket).toEqual({ ...input.ticket, connector });
      expect((await agent.get(`${REQUESTS}/${id}?after=${after}`).expect(200)).body.ticket).toEqual(ticket);
      const [asked] = await app.get(EventStore).readStream(`recording_request-${id}`);
      expect(asked!.data.ticket).toEqual({ connector, reference: 'T-1' });
    }
  });

  it('is opened, and consented to, by the one who showed its link', async () => {
    const { id, link } = await create();
    await (await app.customer(link)).consent().expect(204);
    const history = await app.get(EventStore).readStream(`recording_request-${id}`);
    const shown = { actor: { kind: 'customer', id }, via: { kind: 'link', id: `${id}/1` }, proof: { by: 'link' } };
    const customers = ['RecordingLinkOpened', 'CustomerConsented'];
    expect(history.slice(1)).toMatchObject(customers.map((type) => ({ type, meta: shown })));
  });

  it('needs nothing at all', async () => {
    const { body } = await agent.post(REQUESTS).expect(201);
    expect(body).toMatchObject({ customerName: null, message: null, ticket: null });
  });

  it('again with the same key is the same request with the same link, also at the same moment', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 6 }, () => create(input, key)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(new Set(answers.map(({ link }) => link)).size).toBe(1);
    expect(await events(answers[0]!.id)).toEqual(['RecordingRequested']);
    expect(new Set(answers.map(({ after }) => after))).toEqual(new Set([expect.stringMatching(/^[\w-]+$/)]));
    const headersOf = async () => {
      const { headers } = await agent.post(REQUESTS, input, key).expect(201);
      return ['screendesk-after', 'etag', 'location'].map((name) => headers.get(name));
    };
    expect(await headersOf()).toEqual([answers[0]!.after, answers[0]!.etag, `/api/v1/${REQUESTS}/${answers[0]!.id}`]);
  });

  it.each([
    ['words', { ...input, message: 'Something else' }],
    ['no words', {}],
    ['another ticket', { ...input, ticket: { ...input.ticket, reference: 'T-2' } }],
    ["another helpdesk's ticket", { ...input, ticket: { ...input.ticket, connector: 'zammad' } }],
    ['other options', { ...input, options: { ...input.options, camera: true } }],
    ['another expiry', { ...input, expiresInHours: 5 }],
  ])('with the same key but %s is refused instead of being taken for a retry', async (_, other) => {
    const key = { 'idempotency-key': randomUUID() };
    await create(input, key);
    await agent.post(REQUESTS, other, key).expect(409, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('the same key of somebody else is another request', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const { id } = await create(input, key);
    expect((await acme.admin.post(REQUESTS, input, key).expect(201)).body.id).not.toBe(id);
    const other = await app.workspace('Other');
    expect((await other.admin.post(REQUESTS, input, key).expect(201)).body.id).not.toBe(id);
  });

  it.each([
    ['an unknown field', { customer: 'Jane' }],
    ['an expiry of nothing', { expiresInHours: 0 }],
    ['no address', { customerEmail: 'jane' }],
    ['half a character in an address', { customerEmail: 'x\udc00y@x.example' }],
    ['a script for an address', { ticket: { reference: 'T', url: 'javascript:alert(1)' } }],
    ['a line break in a reference', { ticket: { reference: 'T\nX' } }],
    ['a connector that is no name', { ticket: { reference: 'T', connector: 'Help desk' } }],
    ['a NUL in a reference', { ticket: { reference: 'T\0' } }],
    ['half a character in a reference', { ticket: { reference: 'T\ud800' } }],
    ['a list for a name', { customerName: ['Jane'] }],
    ['more words than anybody reads', { message: 'x'.repeat(2001) }],
  ])('refuses %s', (_, wrong) => agent.post(REQUESTS, wrong).expect(400, 'INPUT_INVALID'));

  it('takes null for left out', async () => {
    const { body } = await agent.post(REQUESTS, { customerName: null, ticket: null, expiresInHours: null }).expect(201);
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(72 * 3_600_000);
  });
});

describe('the list', () => {
  it('is filtered by ticket and status, newest first, page by page', async () => {
    const ticket = { reference: `T-${randomUUID()}` };
    const ids = [];
    for (let i = 0; i < 5; i++) ids.unshift(await create({ ticket }));
    const [cancelled, after] = [ids[2]!.id, ids[0]!.after];
    await agent.post(`${REQUESTS}/${cancelled}/cancel`).expect(204);
    const seen: string[] = [];
    const filter = `ticket=${ticket.reference}&limit=2&after=${after}`;
    for (let cursor = ''; ;) {
      const { body } = await agent.get(`${REQUESTS}?${filter}${cursor}`).expect(200);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(ids.map(({ id }) => id));
    const gone = await eventually(async () => {
      const { body } = await agent.get(`${REQUESTS}?ticket=${ticket.reference}&status=cancelled`).expect(200);
      expect(body.items).toHaveLength(1);
      return body.items[0];
    });
    expect(gone.id).toBe(cancelled);
  });

  it('lists by status what has run out before anybody noted it, in one order with what is noted, page by page', async () => {
    const reference = `T-${randomUUID()}`;
    const made: { id: string; after: string; link: string }[] = [];
    for (let n = 0; n < 6; n++) made.push(await create({ ticket: { reference } }));
    await agent.get(`${REQUESTS}?after=${made[5]!.after}`).expect(200);
    const store = async (n: number, status: string, hours: number) => {
      const change =
        'UPDATE recording_v6.request_list SET status = $2, expires_at = now() + $3::interval WHERE id = $1';
      await app.database.pool.query(change, [made[n]!.id, status, `${hours} hours`]);
    };
    await store(0, 'expired', -1);
    await store(1, 'sent', -1);
    await store(2, 'opened', -1);
    await store(3, 'opened', 1);
    await store(4, 'expired', -1);
    const places = new Map(made.map(({ id }, n) => [id, n]));
    const listed = async (status: string): Promise<number[]> => {
      const seen: number[] = [];
      for (let cursor = ''; ;) {
        const path = `${REQUESTS}?ticket=${reference}&status=${status}&limit=2${cursor}`;
        const { items, nextCursor } = (await agent.get(path).expect(200)).body;
        expect(items.map((one: { status: string }) => one.status)).toEqual(items.map(() => status));
        seen.push(...items.map(({ id }: { id: string }) => places.get(id)));
        if (!nextCursor) return seen;
        cursor = `&cursor=${nextCursor}`;
      }
    };
    expect(await listed('expired')).toEqual([4, 2, 1, 0]);
    expect(await listed('opened')).toEqual([3]);
    expect(await listed('sent')).toEqual([5]);
    expect(await listed('received')).toEqual([]);
  });

  it('tells tickets of the same number apart by the helpdesk that knows them', async () => {
    const reference = `T-${randomUUID()}`;
    const made: { id: string; after: string }[] = [];
    for (const connector of ['jira', 'zendesk', undefined])
      made.push(await create({ ticket: { connector, reference } }));
    const listed = async (filter: string) => {
      const query = `ticket=${reference}&after=${made[2]!.after}${filter}`;
      return (await agent.get(`${REQUESTS}?${query}`).expect(200)).body.items.map(({ id }: { id: string }) => id);
    };
    const [jira, zendesk, byHand] = made.map(({ id }) => id);
    expect(await listed('')).toEqual([byHand, zendesk, jira]);
    expect(await listed('&connector=jira')).toEqual([jira]);
    expect(await listed('&connector=manual')).toEqual([byHand]);
    expect(await listed('&connector=freshdesk')).toEqual([]);
  });

  const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
  it.each([
    ['nonsense', 'abc'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['a time that is none', cursor(['yesterday', randomUUID()])],
    ['an id that is none', cursor([new Date().toISOString(), "'; DROP TABLE x"])],
    ['too little', cursor([new Date().toISOString()])],
    ['too much', cursor([new Date().toISOString(), randomUUID(), 1])],
    ['a NUL', cursor(['2026-01-01\0', randomUUID()])],
    ['a tampered end', `${cursor([new Date().toISOString(), randomUUID()])}x`],
  ])('refuses a cursor of %s', async (_, wrong) => {
    await agent.get(`${REQUESTS}?cursor=${wrong}`).expect(400, 'CURSOR_INVALID');
    await agent.get(`recordings?cursor=${wrong}`).expect(400, 'CURSOR_INVALID');
  });

  it.each([
    `${REQUESTS}?limit=0`,
    `${REQUESTS}?limit=101`,
    `${REQUESTS}?limit=ten`,
    `${REQUESTS}?status=gone`,
    `${REQUESTS}?ticket=%00`,
    `${REQUESTS}?ticket=a&ticket=b`,
    `${REQUESTS}?ticket=a&connector=Jira!`,
    'recordings?watched=maybe',
    'recordings?watched=true&watched=false',
    `${REQUESTS}?after=not-a-token`,
    'recordings?status=deleting',
    'recordings?ticket=%00',
    'recordings?from=yesterday',
    'recordings?from=2026-02-30T00:00:00Z',
    'recordings?from=2026',
    'recordings?to=2026-02-28',
    'recordings?to=2026-02-28T09:30:00',
    'recordings?to=2026-02-28T09:30Z',
    'recordings?to=2026-02-28T24:30:00Z',
    'recordings?to=2026-02-28T09:30:00%2B26:00',
    'recordings?to=0',
    'recordings?from=-271821-04-20T00:00:00Z',
    'recordings?to=%2B275760-09-13T00:00:00Z',
    'recordings?q=a&q=b',
  ])('refuses %s', (path) => agent.get(path).expect(400));

  it('takes moments with their zone, and says how to write them', async () => {
    for (const moment of ['2026-02-28T09:30:00Z', '2024-02-29t23:59:59.123456z', '2026-02-28T09:30:00%2B05:30'])
      await agent.get(`recordings?from=${moment}&to=${moment}`).expect(200);
    const { body } = await agent.get('recordings?from=2026-02-30T00:00:00Z').expect(400);
    expect(body.errors).toEqual([
      { field: 'from', message: expect.stringContaining('2026-02-28T09:30:00Z') as string },
    ]);
  });
});

describe('what a command returned for `after`', () => {
  const tokenOf = (text: string) => Buffer.from(text).toString('base64url');
  const textOf = (token: string) => Buffer.from(token, 'base64url').toString();

  it('is for its own workspace alone, and as it was given', async () => {
    const { after } = await create();
    const stranger = (await app.workspace('Other')).admin;
    await stranger.get(`${REQUESTS}?after=${after}`).expect(400, 'AFTER_INVALID');
    for (const changed of [textOf(after).replace(/@\d+$/, '@7'), textOf(after).replace(/^./, '-')])
      await agent.get(`${REQUESTS}?after=${tokenOf(changed)}`).expect(400, 'AFTER_INVALID');
    await agent.get(`${REQUESTS}?after=${after}`).expect(200);
  });

  it('of the version before, unsigned, waits for all that has happened, whatever stream it names', async () => {
    const { id, after } = await create();
    const before = tokenOf(textOf(after).split('~')[1]!);
    const { body } = await agent.get(`${REQUESTS}?after=${before}`).expect(200);
    expect(body.items[0].id).toBe(id);
    const asked = async (stream: string) => {
      const began = performance.now();
      await agent.get(`${REQUESTS}?after=${tokenOf(`${stream}@0`)}`).expect(200);
      return performance.now() - began;
    };
    // There is no such stream: to look for it would take two seconds.
    expect(await asked('recording_request-00000000-0000-4000-8000-000000000000')).toBeLessThan(1500);
  });
});
