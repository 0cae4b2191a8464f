import { randomUUID } from 'node:crypto';
import { WorkspaceFounding } from '#modules/identity/contract.js';
import { AccountStanding } from '#modules/identity/credentials/account-standing.js';
import { changeMemberRole, member, type MemberState } from '#modules/identity/domain/member.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { Streams } from '#platform/streams/streams.js';
import { systemMeta } from '../support/system-meta.js';
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
      abandonedPolicy: 'discard',
      retentionDays: 90,
    });
  });

  it('changes what is sent and nothing else, for other contexts too and at once', async () => {
    const change = await admin.patch('workspace').send({ name: 'Acme GmbH', accent: '#AA00FF', retentionDays: 5 });
    expect(change.body).toMatchObject({
      name: 'Acme GmbH',
      accent: '#aa00ff',
      retentionDays: 5,
      abandonedPolicy: 'discard',
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

describe('its owners', () => {
  it('never all leave or step down, also when two demote each other at the same moment', async () => {
    const lone = await identity.found();
    const self = identity.as(await identity.signIn(lone.email));
    const demoted = await self.patch(`members/${lone.adminId}`).send({ role: 'admin' });
    expect([demoted.status, demoted.body.code]).toEqual([409, 'LAST_OWNER']);
    expect((await self.delete(`members/${lone.adminId}`)).body.code).toBe('LAST_OWNER');
    for (let round = 0; round < 5; round += 1) {
      const other = await identity.found();
      const first = await identity.signIn(other.email);
      const second = await identity.agent(first, undefined, 'admin');
      await identity.as(first).patch(`members/${second.id}`).send({ role: 'owner' }).expect(204);
      const demote = (cookie: string, id: string) => identity.as(cookie).patch(`members/${id}`).send({ role: 'agent' });
      const answers = await Promise.all([demote(first, second.id), demote(second.cookie, other.adminId)]);
      expect(answers.map((answer) => answer.status).filter((code) => code === 204)).toHaveLength(1);
      expect(answers.some(({ body }) => ['LAST_OWNER', 'OWNERS_ONLY', 'ROLE_NOT_ALLOWED'].includes(body.code))).toBe(
        true,
      );
    }
  });

  it('hand over ownership: who is made one may do what they may, and then they can go', async () => {
    const founded = await identity.found();
    const founder = identity.as(await identity.signIn(founded.email));
    const heir = await identity.agent(await identity.signIn(founded.email), undefined, 'admin');
    await founder.patch(`members/${heir.id}`).send({ role: 'owner' }).expect(204);
    await identity.as(heir.cookie).delete(`members/${founded.adminId}`).expect(204);
    const { body } = await identity.as(heir.cookie).get('session').expect(200);
    expect([body.member.role, body.permissions]).toEqual(['owner', expect.arrayContaining(['owners.manage'])]);
  });

  it('are touched and made by owners alone, whatever else an admin may do', async () => {
    const other = await identity.agent(await identity.signIn(acme.email), undefined, 'admin');
    const agent = await identity.agent(await identity.signIn(acme.email));
    const them = identity.as(other.cookie);
    for (const attempt of [
      them.patch(`members/${acme.adminId}`).send({ role: 'viewer' }),
      them.delete(`members/${acme.adminId}`),
      them.put(`members/${acme.adminId}/password`).send({ password: 'taken over by an admin' }),
      them.patch(`members/${other.id}`).send({ role: 'owner' }),
      them.patch(`members/${agent.id}`).send({ role: 'owner' }),
    ]) {
      const { status: code, body } = await attempt;
      expect([code, body.code]).toEqual([403, 'OWNERS_ONLY']);
    }
    await them.patch(`members/${agent.id}`).send({ role: 'auditor' }).expect(204);
  });
});

describe('a workspace from before there were owners', () => {
  let founded: Founded;
  let second: { id: string; cookie: string };
  beforeEach(async () => {
    founded = await identity.found();
    identity.clock.forward(1000);
    second = await identity.agent(await identity.signIn(founded.email), undefined, 'admin');
    await makeAdmin(founded);
  });
  /** As its first member's events and row were then. */
  const makeAdmin = async ({ adminId, workspaceId }: Founded) => {
    const by = { ...systemMeta, workspaceId };
    const change = { memberId: adminId, workspaceId, role: 'admin' } as const;
    const decide = (state: MemberState) => changeMemberRole(state, change);
    const { version } = await identity.app.get(Streams).change(member, adminId, by, decide);
    await identity.app.get(AccountStanding).settle(adminId, version, 'admin');
  };
  const roleOf = async (cookie: string) => {
    const { body } = await identity.as(cookie).get('session');
    return (body as { member: { role: string } }).member.role;
  };

  it('counts the admin who has been there longest as its owner, wherever roles are shown or asked', async () => {
    const first = await identity.signIn(founded.email);
    expect([await roleOf(first), await roleOf(second.cookie)]).toEqual(['owner', 'admin']);
    const { body } = await identity.as(first).get('members');
    expect(body.items.map(({ role }: { role: string }) => role)).toEqual(['owner', 'admin']);
    const touched = await identity.as(second.cookie).patch(`members/${founded.adminId}`).send({ role: 'agent' });
    expect(touched.body.code).toBe('OWNERS_ONLY');
    expect((await identity.as(first).delete(`members/${founded.adminId}`)).body.code).toBe('LAST_OWNER');
  });

  it('does not lose that owner when they name another one', async () => {
    const first = await identity.signIn(founded.email);
    await identity.as(first).patch(`members/${second.id}`).send({ role: 'owner' }).expect(204);
    expect([await roleOf(first), await roleOf(second.cookie)]).toEqual(['owner', 'owner']);
    await identity.as(first).patch(`members/${founded.adminId}`).send({ role: 'admin' }).expect(204);
    expect([await roleOf(first), await roleOf(second.cookie)]).toEqual(['admin', 'owner']);
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
