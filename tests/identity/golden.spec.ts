import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '#kernel/event.js';
import { apiKey, handOverApiKey, issueApiKey, revokeApiKey } from '#modules/identity/domain/api-key.js';
import {
  addMember,
  changeMemberPassword,
  changeMemberRole,
  member,
  removeMember,
} from '#modules/identity/domain/member.js';
import {
  changeWorkspaceSettings,
  createWorkspace,
  workspace,
  type WorkspaceEvent,
} from '#modules/identity/domain/workspace.js';
import { API_KEY_LIST, apiKeyList } from '#modules/identity/projections/api-key-list.js';
import { MEMBER_LIST, memberList } from '#modules/identity/projections/member-list.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import { Streams } from '#platform/streams/streams.js';
import { dataOf, eventOf, goldenIdentity, without } from '../recording/golden-events.js';
import { GoldenLog } from '../recording/golden-log.js';

const created = dataOf('WorkspaceCreated');
const { workspaceId } = created;
const added = dataOf('MemberAdded');
const { memberId } = added;
const issued = dataOf('ApiKeyIssued');
const { keyId } = issued;
const { holderId } = dataOf('ApiKeyHandedOver');

it('every event of identity is here, in each of its versions, and seals what is personal', () => {
  const definitions = [workspace, member, apiKey] as const;
  const versions = Object.assign({}, ...definitions.map(({ schemaVersions }) => schemaVersions)) as object;
  const personal = Object.assign({}, ...definitions.map((one) => one.personal)) as Record<string, string[]>;
  expect(versions).toEqual({}); // else: golden events of each version, as recording has them
  for (const [name, event] of goldenIdentity) {
    expect(`${event.type}.v${event.schemaVersion}`).toBe(name);
    expect(event.personal).toEqual(personal[event.type] ?? []);
  }
});

it('every event of identity is still written just so', () => {
  const written: string[] = [];
  const write = <E extends DomainEvent>([event]: readonly E[]): E => {
    written.push(event!.type);
    const { type, data } = eventOf(event!.type);
    expect(JSON.parse(JSON.stringify(event))).toEqual({ type, data });
    return event!;
  };
  // Defaults are of their day: what an earlier one wrote stays as it was.
  const { abandonedPolicy } = dataOf('WorkspaceCreated');
  const founded = createWorkspace(workspace.initial, created).map(
    (event) => ({ ...event, data: { ...event.data, abandonedPolicy } }) as WorkspaceEvent,
  );
  const open = workspace.evolve(workspace.initial, write(founded));
  write(changeWorkspaceSettings(open, workspaceId, without(dataOf('WorkspaceSettingsChanged'), 'workspaceId')));
  const active = member.evolve(member.initial, write(addMember(member.initial, added)));
  write(changeMemberRole(active, { ...dataOf('MemberRoleChanged'), workspaceId }));
  write(changeMemberPassword(active, { ...dataOf('MemberPasswordChanged'), workspaceId }));
  write(removeMember(active, { memberId, workspaceId }));
  const live = apiKey.evolve(apiKey.initial, write(issueApiKey(apiKey.initial, issued)));
  write(handOverApiKey(live, { keyId, workspaceId, holderId }));
  write(revokeApiKey(live, keyId, workspaceId));
  expect(written.map((type) => `${type}.v1`).sort()).toEqual([...goldenIdentity.keys()].sort());
});

describe('a log of them', () => {
  const living = randomUUID();
  let log: GoldenLog;
  beforeAll(async () => {
    log = await GoldenLog.open();
    await log.write(workspace, workspaceId, ['WorkspaceCreated', 'WorkspaceSettingsChanged']);
    const stay = ['MemberAdded', 'MemberRoleChanged', 'MemberPasswordChanged'];
    await log.write(member, memberId, [...stay, 'MemberRemoved']);
    await log.write(apiKey, keyId, ['ApiKeyIssued', 'ApiKeyHandedOver', 'ApiKeyRevoked']);
    await log.write(apiKey, living, ['ApiKeyIssued', 'ApiKeyHandedOver'], () => ({ keyId: living }));
  });
  afterAll(() => log?.close());

  it('is folded into what the domain knows', async () => {
    const streams = new Streams(log.store, log.keys);
    const { accent, retentionDays } = dataOf('WorkspaceSettingsChanged');
    const states = [
      await streams.load(workspace, workspaceId),
      await streams.load(member, memberId),
      await streams.load(apiKey, keyId),
    ];
    expect(states.map(({ state }) => state)).toEqual([
      { status: 'open', ...without(created, 'workspaceId'), accent, retentionDays },
      { status: 'removed', ...without(added, 'memberId'), role: 'admin' },
      { status: 'revoked', workspaceId, holderId },
    ]);
    const { holderId: _, ...old } = issued; // as it was written before keys had holders
    expect(apiKey.evolve(apiKey.initial, { type: 'ApiKeyIssued', data: old })).toEqual({ status: 'live', workspaceId });
  });

  it('becomes the rows of members and keys, whose words open', async () => {
    await log.readToEnd([
      ...(await prepareGenerations(log.database, memberList)),
      ...(await prepareGenerations(log.database, apiKeyList)),
    ]);
    const rowsOf = async (list: string) => (await log.fresh.pool.query(`SELECT * FROM ${list}`)).rows;
    const people = await rowsOf(MEMBER_LIST);
    const shown = { id: memberId, workspace_id: workspaceId, role: 'admin', removed: true, version: 3 };
    expect(people).toEqual([expect.objectContaining(shown)]);
    expect(await openSealedFields(log.keys, people[0].person)).toEqual({ name: added.name, email: added.email });
    const keys = await rowsOf(API_KEY_LIST);
    expect(keys).toEqual([expect.objectContaining({ id: living, holder_id: holderId })]);
    const { name, ...key } = keys[0];
    expect(key).toMatchObject({ workspace_id: workspaceId, scopes: issued.scopes });
    expect(await openSealedFields(log.keys, name)).toEqual({ name: issued.name });
  });
});
