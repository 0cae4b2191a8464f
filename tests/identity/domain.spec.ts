import {
  apiKey,
  type ApiKeyEvent,
  handOverApiKey,
  issueApiKey,
  revokeApiKey,
} from '#modules/identity/domain/api-key.js';
import {
  addMember,
  changeMemberPassword,
  changeMemberRole,
  member,
  type MemberEvent,
  removeMember,
} from '#modules/identity/domain/member.js';
import {
  changeWorkspaceSettings,
  createWorkspace,
  workspace,
  type WorkspaceEvent,
} from '#modules/identity/domain/workspace.js';

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('a workspace', () => {
  const created: WorkspaceEvent = {
    type: 'WorkspaceCreated',
    data: {
      workspaceId: 'w',
      slug: 's',
      region: 'eu',
      name: 'N',
      accent: null,
      abandonedPolicy: 'discard',
      retentionDays: 90,
    },
  };
  const after = (...events: WorkspaceEvent[]) => events.reduce(workspace.evolve, workspace.initial);
  const input = { workspaceId: 'w', slug: 's', region: 'eu', name: 'N' };

  it('records its defaults, so that later ones change nothing old', () => {
    expect(createWorkspace(after(), input)).toEqual([created]);
  });
  it('is created and known by what belongs to it, whatever else it is handed or stood in an old log', () => {
    const agent = { email: 'alex@x.example', password: 'correct horse' };
    expect(createWorkspace(after(), { ...input, agent } as typeof input)).toEqual([created]);
    expect(after({ ...created, data: { ...created.data, agent } } as WorkspaceEvent)).toEqual(after(created));
  });
  it('is created once', () => {
    expect(createWorkspace(after(created), input)).toEqual([]);
    expect(() => createWorkspace(after(created), { ...input, slug: 'other' })).toThrow(refusal('WORKSPACE_EXISTS'));
  });
  it('records only what changes', () => {
    const changes = changeWorkspaceSettings(after(created), 'w', { name: 'M', accent: null, retentionDays: undefined });
    expect(changes).toEqual([{ type: 'WorkspaceSettingsChanged', data: { workspaceId: 'w', name: 'M' } }]);
    expect(after(created, ...changes)).toMatchObject({ name: 'M', retentionDays: 90 });
    expect(changeWorkspaceSettings(after(created, ...changes), 'w', { name: 'M' })).toEqual([]);
  });
  it('cannot be changed before there is one', () => {
    expect(() => changeWorkspaceSettings(after(), 'w', {})).toThrow(refusal('WORKSPACE_UNKNOWN'));
  });
});

describe('a member', () => {
  const person = { memberId: 'm', workspaceId: 'w', role: 'agent', name: 'Ada', email: 'a@x.example' } as const;
  const added: MemberEvent = { type: 'MemberAdded', data: person };
  const removed: MemberEvent = { type: 'MemberRemoved', data: { memberId: 'm' } };
  const after = (...events: MemberEvent[]) => events.reduce(member.evolve, member.initial);
  const who = { memberId: 'm', workspaceId: 'w' };
  const elsewhere = { memberId: 'm', workspaceId: 'other' };

  it('seals name and e-mail address', () => {
    expect(member.personal).toEqual({ MemberAdded: ['name', 'email'] });
  });
  it('is added once', () => {
    expect(addMember(after(), person)).toEqual([added]);
    expect(addMember(after(added), person)).toEqual([]);
    expect(() => addMember(after(added), { ...person, email: 'b@x.example' })).toThrow(refusal('MEMBER_EXISTS'));
    expect(() => addMember(after(added), { ...person, workspaceId: 'other' })).toThrow(refusal('MEMBER_EXISTS'));
    expect(() => addMember(after(added, removed), person)).toThrow(refusal('MEMBER_EXISTS'));
  });
  it('has one role at a time', () => {
    const changes = changeMemberRole(after(added), { ...who, role: 'admin' });
    expect(after(added, ...changes)).toMatchObject({ role: 'admin', status: 'active' });
    expect(changeMemberRole(after(added), { ...who, role: 'agent' })).toEqual([]);
  });
  it('is removed for good', () => {
    expect(removeMember(after(added), who)).toEqual([removed]);
    expect(removeMember(after(added, removed), who)).toEqual([]);
    expect(() => changeMemberRole(after(added, removed), { ...who, role: 'admin' })).toThrow(refusal('MEMBER_UNKNOWN'));
    expect(() => changeMemberPassword(after(added, removed), { ...who, how: 'by_admin' })).toThrow(
      refusal('MEMBER_UNKNOWN'),
    );
  });
  it('is unknown to another workspace, removed or not', () => {
    expect(() => changeMemberRole(after(added), { ...elsewhere, role: 'admin' })).toThrow(refusal('MEMBER_UNKNOWN'));
    expect(() => removeMember(after(added), elsewhere)).toThrow(refusal('MEMBER_UNKNOWN'));
    expect(() => removeMember(after(added, removed), elsewhere)).toThrow(refusal('MEMBER_UNKNOWN'));
    expect(() => removeMember(after(), who)).toThrow(refusal('MEMBER_UNKNOWN'));
  });
  it('can still be decided about once erased', () => {
    const erased: MemberEvent = { type: 'MemberAdded', data: { memberId: 'm', workspaceId: 'w', role: 'agent' } };
    expect(removeMember(after(erased), who)).toEqual([removed]);
  });
  it('leaves a trace of a changed password, and no password', () => {
    const changes = changeMemberPassword(after(added), { ...who, how: 'by_member' });
    expect(changes).toEqual([{ type: 'MemberPasswordChanged', data: { memberId: 'm', how: 'by_member' } }]);
    expect(after(added, ...changes)).toEqual(after(added));
  });
});

it('events of the time of two roles mean today what they meant then', () => {
  const stored: MemberEvent[] = [
    { type: 'MemberAdded', data: { memberId: 'm', workspaceId: 'w', role: 'admin' } },
    { type: 'MemberRoleChanged', data: { memberId: 'm', role: 'agent' } },
  ];
  const roles = stored.map((_, n) => stored.slice(0, n + 1).reduce(member.evolve, member.initial));
  expect(roles).toMatchObject([{ role: 'admin' }, { role: 'agent' }]);
});

describe('an API key', () => {
  const input = { keyId: 'k', workspaceId: 'w', scopes: ['recordings:read'], name: 'x', holderId: 'm' };
  const after = (...events: ApiKeyEvent[]) => events.reduce(apiKey.evolve, apiKey.initial);
  const issued = issueApiKey(after(), input);

  it('is issued once, and revoked once', () => {
    expect(() => issueApiKey(after(...issued), input)).toThrow(refusal('API_KEY_ALREADY_ISSUED'));
    const revoked = revokeApiKey(after(...issued), 'k', 'w');
    expect(revoked).toEqual([{ type: 'ApiKeyRevoked', data: { keyId: 'k' } }]);
    expect(revokeApiKey(after(...issued, ...revoked), 'k', 'w')).toEqual([]);
  });
  it('is handed over while it is in force', () => {
    const over = { keyId: 'k', workspaceId: 'w', holderId: 'n' };
    const handed = handOverApiKey(after(...issued), over);
    expect(handed).toEqual([{ type: 'ApiKeyHandedOver', data: { keyId: 'k', holderId: 'n' } }]);
    expect(handOverApiKey(after(...issued, ...handed), over)).toEqual([]);
    const revoked = revokeApiKey(after(...issued), 'k', 'w');
    for (const state of [after(), after(...issued, ...revoked)])
      expect(() => handOverApiKey(state, over)).toThrow(refusal('API_KEY_UNKNOWN'));
    expect(() => handOverApiKey(after(...issued), { ...over, workspaceId: 'other' })).toThrow(
      refusal('API_KEY_UNKNOWN'),
    );
  });
  it('is unknown to another workspace', () => {
    expect(() => revokeApiKey(after(...issued), 'k', 'other')).toThrow(refusal('API_KEY_UNKNOWN'));
    expect(() => revokeApiKey(after(), 'k', 'w')).toThrow(refusal('API_KEY_UNKNOWN'));
  });
});
