import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { AccountStanding } from '../credentials/account-standing.js';
import { changeMemberRole, member, type MemberRole } from '../domain/member.js';

/** In force with the member's next request. */
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
  ) {}

  execute({ memberId, role, by, options }: ChangeMemberRole): Promise<Changed> {
    const who = { memberId, workspaceId: by.workspaceId };
    return this.standing.change(who, role, () =>
      this.streams.change(member, memberId, by, (state) => changeMemberRole(state, { ...who, role }), options),
    );
  }
}
