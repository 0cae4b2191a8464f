import { randomUUID } from 'node:crypto';
import { AddMember } from '#modules/identity/commands/add-member.js';
import { AccountReservations } from '#modules/identity/credentials/account-reservations.js';
import { AccountStanding } from '#modules/identity/credentials/account-standing.js';
import { Accounts } from '#modules/identity/credentials/accounts.js';
import { ApiKeySecrets } from '#modules/identity/credentials/api-key-secrets.js';
import { Passwords } from '#modules/identity/credentials/passwords.js';
import { apiKey, issueApiKey, revokeApiKey } from '#modules/identity/domain/api-key.js';
import { addMember, changeMemberRole, member, removeMember } from '#modules/identity/domain/member.js';
import { settleAccess, SettleAccessHandler } from '#modules/identity/processors/settle-access.js';
import { SettleApiKeyHandler, settleApiKeys } from '#modules/identity/processors/settle-api-key.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { jobsFor } from '#platform/jobs/job.js';
import { type Changed, Streams } from '#platform/streams/streams.js';
import { CommandBus } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Founded, IdentityApp, PASSWORD } from './identity-app.js';

let identity: IdentityApp;
let acme: Founded;
let adminCookie: string;
let by: By;
beforeAll(async () => {
  identity = await IdentityApp.start();
  acme = await identity.found();
  adminCookie = await identity.signIn(acme.email);
  const actor = { kind: 'member', id: acme.adminId } as const;
  by = { actor, workspaceId: acme.workspaceId, correlationId: randomUUID(), causationId: randomUUID() };
});
afterAll(() => identity.close());

const streams = () => identity.app.get(Streams);
const status = async (cookie: string) => (await identity.as(cookie).get('workspace')).status;

/** What the worker does with the last event of a stream. */
async function settled(stream: string): Promise<void> {
  const event = (await identity.app.get(EventStore).readStream(stream)).at(-1)!;
  const [job] = jobsFor(settleAccess, event);
  await identity.app.get(SettleAccessHandler).run(job!.data);
  await identity.app.get(SettleAccessHandler).run(job!.data);
}

/** What the worker does with the last event of a stream, as far as keys go. */
async function keySettled(stream: string): Promise<void> {
  const event = (await identity.app.get(EventStore).readStream(stream)).at(-1)!;
  const [job] = jobsFor(settleApiKeys, event);
  await identity.app.get(SettleApiKeyHandler).run(job!.data);
  await identity.app.get(SettleApiKeyHandler).run(job!.data);
}

describe('a command that dies after its event', () => {
  it('still ends the sessions of a removed member, by the worker', async () => {
    const agent = await identity.agent(adminCookie);
    const who = { memberId: agent.id, workspaceId: acme.workspaceId };
    await streams().change(member, agent.id, by, (state) => removeMember(state, who));
    expect(await status(agent.cookie)).toBe(200);
    await settled(`member-${agent.id}`);
    expect(await status(agent.cookie)).toBe(401);
    await expect(identity.signIn(agent.email)).rejects.toThrow('401');
  });

  it('still changes the role, by the worker, and an old job changes nothing newer', async () => {
    const agent = await identity.agent(adminCookie);
    const to = (role: 'agent' | 'admin') => ({ memberId: agent.id, workspaceId: acme.workspaceId, role });
    await streams().change(member, agent.id, by, (state) => changeMemberRole(state, to('admin')));
    await settled(`member-${agent.id}`);
    expect((await identity.as(agent.cookie).get('members')).status).toBe(200);
    await identity.as(adminCookie).patch(`members/${agent.id}`).send({ role: 'agent' }).expect(204);
    await identity.app.get(AccountStanding).settle(agent.id, 1, 'admin');
    expect((await identity.as(agent.cookie).get('members')).status).toBe(403);
  });

  it('still lets an added member in, by the worker', async () => {
    const { person, reserve } = someone();
    await reserve();
    await streams().change(member, person.memberId, by, (state) => addMember(state, person));
    await expect(identity.signIn(person.email)).rejects.toThrow('401');
    await settled(`member-${person.memberId}`);
    expect(await status(await identity.signIn(person.email))).toBe(200);
  });

  it('still closes a revoked API key, by the worker', async () => {
    const keyId = randomUUID();
    const issued = {
      keyId,
      workspaceId: acme.workspaceId,
      holderId: acme.adminId,
      scopes: ['recordings:read'],
      name: 'x',
    };
    await streams().change(apiKey, keyId, by, (state) => issueApiKey(state, issued));
    const key = await identity.app.get(ApiKeySecrets).make(issued);
    await streams().change(apiKey, keyId, by, (state) => revokeApiKey(state, keyId, acme.workspaceId));
    const call = () => identity.http().get('/api/v1/whoami').set('Authorization', `Bearer ${key}`);
    expect((await call()).status).toBe(200);
    await keySettled(`api_key-${keyId}`);
    expect((await call()).status).toBe(401);
  });

  it('leaves a removed member’s key opening nothing at once, and revokes it by the worker', async () => {
    const agent = await identity.agent(adminCookie, undefined, 'admin');
    const { body } = await identity
      .as(agent.cookie)
      .post('api-keys')
      .send({ name: 'x', scopes: ['recordings:read'] });
    const call = () => identity.http().get('/api/v1/whoami').set('Authorization', `Bearer ${body.key}`);
    expect((await call()).status).toBe(200);
    const who = { memberId: agent.id, workspaceId: acme.workspaceId };
    await streams().change(member, agent.id, by, (state) => removeMember(state, who));
    await settled(`member-${agent.id}`);
    expect((await call()).status).toBe(401);
    await keySettled(`member-${agent.id}`);
    expect((await streams().load(apiKey, body.id as string)).state).toMatchObject({ status: 'revoked' });
  });

  it('notes the holder of a key from before rows named one, unless its maker had left by then', async () => {
    const stays = await identity.agent(adminCookie, undefined, 'admin');
    const left = await identity.agent(adminCookie, undefined, 'admin');
    const calls = [];
    for (const { id, cookie } of [stays, left]) {
      const { body } = await identity
        .as(cookie)
        .post('api-keys')
        .send({ name: 'x', scopes: ['recordings:read'] });
      const forget = 'UPDATE identity.api_key_secret SET holder_id = NULL WHERE key_id = $1';
      await identity.database.pool.query(forget, [body.id]);
      if (id === left.id) await identity.as(adminCookie).delete(`members/${id}`).expect(204);
      await keySettled(`api_key-${body.id}`);
      calls.push(() => identity.http().get('/api/v1/whoami').set('Authorization', `Bearer ${body.key}`));
    }
    expect((await calls[1]!()).status).toBe(200);
    const undecided = await identity.as(adminCookie).delete(`members/${stays.id}`);
    expect([undecided.status, undecided.body.code]).toEqual([409, 'API_KEYS_UNDECIDED']);
    await identity.as(adminCookie).delete(`members/${stays.id}`).query({ keys: 'revoke' }).expect(204);
    expect((await calls[0]!()).status).toBe(401);
  });
});

describe('a command that dies before its event', () => {
  it('leaves nobody who can sign in, and its retry counts with the password of the retry', async () => {
    const { person, reserve } = someone();
    await reserve('another password then');
    await expect(identity.signIn(person.email, 'another password then')).rejects.toThrow('401');
    const { memberId, workspaceId: _, ...input } = person;
    await identity.app
      .get(CommandBus)
      .execute<AddMember, Changed>(new AddMember(memberId, { ...input, password: PASSWORD }, by));
    expect(await status(await identity.signIn(person.email))).toBe(200);
  });

  it('keeps the address for two minutes and then lets go of it', async () => {
    const { person, reserve } = someone();
    await reserve();
    const input = { name: 'Other', email: person.email, role: 'agent', password: PASSWORD };
    expect((await identity.as(adminCookie).post('members').send(input)).body.code).toBe('EMAIL_TAKEN');
    identity.clock.forward(121_000);
    await identity.as(adminCookie).post('members').send(input).expect(201);
    expect(await identity.app.get(Accounts).of(person.memberId)).toBeNull();
  });
});

function someone() {
  const memberId = randomUUID();
  const email = `x-${memberId.slice(0, 8)}@x.example`;
  const person = { memberId, workspaceId: acme.workspaceId, role: 'agent', name: 'Carol', email } as const;
  const reserve = async (password = PASSWORD) => {
    const passwordHash = await identity.app.get(Passwords).hash(password);
    await identity.app.get(AccountReservations).reserve({ ...person, passwordHash });
  };
  return { person, reserve };
}
