import { randomUUID } from 'node:crypto';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { type Founded, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
let admin: ReturnType<IdentityApp['as']>;
beforeAll(async () => {
  identity = await IdentityApp.start();
  expect(await identity.app.get(WorkspaceFounding).isFirst()).toBe(true);
  acme = await identity.found();
  admin = identity.as(await identity.signIn(acme.email));
});
afterAll(() => identity.close());

describe('a workspace', () => {
  it('starts with careful settings', async () => {
    const { body, headers } = await admin.get('workspace');
    expect(headers['etag']).toMatch(/^"0-/);
    expect(body).toEqual({
      id: acme.workspaceId,
      slug: expect.stringMatching(/^w-/) as string,
      region: 'eu',
      name: 'Acme',
      accent: null,
      abandonedPolicy: 'finalise',
      retentionDays: 90,
    });
  });

  it('changes what is sent and nothing else, for other contexts too and at once', async () => {
    const change = await admin.patch('workspace').send({ name: 'Acme GmbH', accent: '#AA00FF', retentionDays: 5 });
    expect(change.body).toMatchObject({
      name: 'Acme GmbH',
      accent: '#aa00ff',
      retentionDays: 5,
      abandonedPolicy: 'finalise',
    });
    expect(await identity.identity.workspace(acme.workspaceId)).toEqual(change.body);
    const same = await admin.patch('workspace').send({ retentionDays: 5 });
    expect([same.status, same.headers['etag'], same.headers['screendesk-after']]).toEqual([
      200,
      change.headers['etag'],
      change.headers['screendesk-after'],
    ]);
    expect((await admin.patch('workspace').send({ accent: null })).body.accent).toBeNull();
  });

  it('refuses a change to what has changed since it was read', async () => {
    const { headers } = await admin.get('workspace');
    const change = () => admin.patch('workspace').set('If-Match', headers['etag']!).send({ name: randomUUID() });
    const answers = await Promise.all([change(), change()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each([
    { name: '' },
    { name: '  ' },
    { name: null },
    { name: 'x'.repeat(81) },
    { accent: 'red' },
    { accent: '#12345' },
    { accent: 'url(javascript:1)' },
    { abandonedPolicy: 'keep' },
    { abandonedPolicy: null },
    { retentionDays: 0 },
    { retentionDays: 1.5 },
    { retentionDays: '30' },
    { slug: 'other' },
    { id: randomUUID() },
  ])('refuses %j', async (wanted) => {
    expect((await admin.patch('workspace').send(wanted)).status).toBe(400);
  });

  it('that nobody founded is unknown', async () => {
    await expect(identity.identity.workspace(randomUUID())).rejects.toMatchObject({ code: 'WORKSPACE_UNKNOWN' });
  });
});

describe('founding', () => {
  const input = (changes: object = {}) => ({
    workspaceId: randomUUID(),
    slug: `s-${randomUUID().slice(0, 8)}`,
    region: 'eu',
    name: 'New',
    owner: { memberId: randomUUID(), name: 'Eve', email: `eve-${randomUUID()}@x.example`, password: PASSWORD },
    ...changes,
  });
  const found = (workspace: ReturnType<typeof input>) => identity.app.get(WorkspaceFounding).found(workspace);

  it('may be repeated, and means the same', async () => {
    const workspace = input();
    await Promise.all([found(workspace), found(workspace)]);
    await found(workspace);
    expect((await identity.app.get(EventStore).readStream(`workspace-${workspace.workspaceId}`)).length).toBe(1);
    expect((await identity.app.get(EventStore).readStream(`member-${workspace.owner.memberId}`)).length).toBe(1);
    await identity.signIn(workspace.owner.email);
    expect(await identity.app.get(WorkspaceFounding).isFirst()).toBe(false);
  });

  it('gives an address in the region to one workspace only', async () => {
    const { slug } = input();
    const results = await Promise.allSettled([found(input({ slug })), found(input({ slug })), found(input({ slug }))]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((results.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({
      code: 'SLUG_TAKEN',
    });
  });

  it('takes over, after a while, what a crash left reserved', async () => {
    const left = input();
    await identity.database.pool.query(`INSERT INTO identity.slug VALUES ($1, $2, $3)`, [
      left.slug,
      left.workspaceId,
      identity.clock.now(),
    ]);
    const other = input({ slug: left.slug });
    await expect(found(other)).rejects.toMatchObject({ code: 'SLUG_TAKEN' });
    identity.clock.forward(121_000);
    await found(other);
    expect((await identity.identity.workspace(other.workspaceId)).slug).toBe(left.slug);
    identity.clock.forward(121_000);
    await expect(found(left)).rejects.toMatchObject({ code: 'SLUG_TAKEN' });
  });

  it('writes who did it with every event', async () => {
    const workspace = input();
    await found(workspace);
    const [created] = await identity.app.get(EventStore).readStream(`workspace-${workspace.workspaceId}`);
    expect(created!.meta).toMatchObject({
      actor: { kind: 'system', id: 'founding' },
      scope: { kind: 'workspace', id: workspace.workspaceId },
    });
  });
});
