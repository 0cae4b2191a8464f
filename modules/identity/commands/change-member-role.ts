import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { AccountStanding } from '../credentials/account-standing.js';
import { Owners } from '../credentials/owners.js';
import { changeMemberRole, member, type MemberRole } from '../domain/member.js';

/** In force with the member's next request. Whose role makes or unmakes an owner, must be asked by one. */
export class ChangeMemberRole extends Command<Changed> {
  constructor(
    readonly memberId: string,
    readonly role: MemberRole,
    readonly by: By,
    readonly options: ChangeOptions = {},
  ) {
    super();
  }
}

@CommandHandler(ChangeMemberRole)
export class ChangeMemberRoleHandler implements ICommandHandler<ChangeMemberRole> {
  constructor(
    private readonly streams: Streams,
    private readonly standing: AccountStanding,
    private readonly owners: Owners,
  ) {}

  async execute({ memberId, role, by, options }: ChangeMemberRole): Promise<Changed> {
    await this.owners.demandFor(by, memberId, role);
    if (role === 'owner') await this.nameWhoCountsAsOwner(memberId, by);
    return this.give(memberId, role, by, options);
  }

  /** With the first one who is named, nobody counts as the owner any more: whoever did so far must not lose it unawares. */
  private async nameWhoCountsAsOwner(exceptFor: string, by: By): Promise<void> {
    const unnamed = await this.owners.unnamed(by.workspaceId);
    if (unnamed !== null && unnamed !== exceptFor) await this.give(unnamed, 'owner', by, {});
  }

  private give(memberId: string, role: MemberRole, by: By, options: ChangeOptions): Promise<Changed> {
    const who = { memberId, workspaceId: by.workspaceId };
    return this.standing.change(who, role, by, () =>
      this.streams.change(member, memberId, by, (state) => changeMemberRole(state, { ...who, role }), options),
    );
  }
}
