import { Module } from '@nestjs/common';
import type { BoundedContext } from '#platform/contexts/bounded-context.js';
import { AddMemberHandler } from './commands/add-member.js';
import { ChangeMemberRoleHandler } from './commands/change-member-role.js';
import { ChangePasswordHandler, ResetPasswordHandler } from './commands/change-password.js';
import { ChangeWorkspaceSettingsHandler } from './commands/change-workspace-settings.js';
import { CreateWorkspaceHandler } from './commands/create-workspace.js';
import { FoundWorkspace } from './commands/found-workspace.js';
import { HeldApiKeys } from './commands/held-api-keys.js';
import { IssueApiKeyHandler } from './commands/issue-api-key.js';
import { RemoveMemberHandler } from './commands/remove-member.js';
import { RevokeApiKeyHandler } from './commands/revoke-api-key.js';
import { IdentityQueries, WorkspaceFounding } from './contract.js';
import { AccountReservations } from './credentials/account-reservations.js';
import { AccountStanding } from './credentials/account-standing.js';
import { Accounts } from './credentials/accounts.js';
import { ApiKeySecrets } from './credentials/api-key-secrets.js';
import { Argon2Threads } from './credentials/argon2-threads.js';
import { Clock } from './credentials/clock.js';
import { GuessLimits } from './credentials/guess-limits.js';
import { KnownDevices } from './credentials/known-devices.js';
import { MemberPasswords } from './credentials/member-passwords.js';
import { Owners } from './credentials/owners.js';
import { Passwords } from './credentials/passwords.js';
import { Sessions } from './credentials/sessions.js';
import { SignIn } from './credentials/sign-in.js';
import { SlugReservations } from './credentials/slug-reservations.js';
import { apiKey } from './domain/api-key.js';
import { member } from './domain/member.js';
import { workspace } from './domain/workspace.js';
import { ApiKeysController } from './http/api-keys-controller.js';
import { ApiKeyAuthenticator, SessionAuthenticator } from './http/authenticators.js';
import { MembersController } from './http/members-controller.js';
import { PasswordController } from './http/password-controller.js';
import { SessionController } from './http/session-controller.js';
import { WorkspaceController } from './http/workspace-controller.js';
import { settleAccess, SettleAccessHandler } from './processors/settle-access.js';
import { SettleApiKeyHandler, settleApiKeys } from './processors/settle-api-key.js';
import { apiKeyList } from './projections/api-key-list.js';
import { memberList } from './projections/member-list.js';
import { identityPublications } from './publications.js';
import { ApiKeyQueries } from './queries/api-key-queries.js';
import { IdentityReads } from './queries/identity-reads.js';
import { MemberQueries } from './queries/member-queries.js';
import { SessionViews } from './queries/session-views.js';

const commands = [
  ...[CreateWorkspaceHandler, ChangeWorkspaceSettingsHandler, AddMemberHandler, ChangeMemberRoleHandler],
  ...[RemoveMemberHandler, ChangePasswordHandler, ResetPasswordHandler, IssueApiKeyHandler, RevokeApiKeyHandler],
];
const credentials = [
  ...[Clock, Accounts, AccountReservations, AccountStanding, ApiKeySecrets, MemberPasswords, Owners, Passwords],
  ...[Sessions, SignIn, SlugReservations, HeldApiKeys, Argon2Threads, GuessLimits, KnownDevices],
];
const queries = [MemberQueries, ApiKeyQueries, SessionViews];
const authenticators = [SessionAuthenticator, ApiKeyAuthenticator];

export { ApiKeyAuthenticator, SessionAuthenticator } from './http/authenticators.js';
export { DeclaredPermissions } from './http/declared-permissions.js';
export const identityContext: BoundedContext = {
  name: 'identity',
  streams: [workspace, member, apiKey],
  projections: [memberList, apiKeyList],
  processors: [settleAccess, settleApiKeys],
  publications: identityPublications,
};
export const identityJobHandlers = [SettleAccessHandler, SettleApiKeyHandler];

@Module({
  controllers: [SessionController, PasswordController, WorkspaceController, MembersController, ApiKeysController],
  providers: [
    ...[...commands, ...credentials, ...queries, ...authenticators, ...identityJobHandlers],
    { provide: IdentityQueries, useClass: IdentityReads },
    { provide: WorkspaceFounding, useClass: FoundWorkspace },
  ],
  exports: [IdentityQueries, WorkspaceFounding, ...authenticators, ...identityJobHandlers],
})
export class IdentityModule {}
