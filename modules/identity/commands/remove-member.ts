import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { AccountStanding } from '../credentials/account-standing.js';
import { Owners } from '../credentials/owners.js';
import { member, removeMember } from '../domain/member.js';

/** Ends the membership and every session at once; the e-mail address is free again. */
export class RemoveMember extends Command<Changed> {
  constructor(
    readonly memberId: string,
    readonly by: By,
    readonly options: ChangeOptions = {},
  ) {
    super();
  }
}

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(
    private readonly streams: Streams,
    private readonly standing: AccountStanding,
    private readonly owners: Owners,
  ) {}

  async execute({ memberId, by, options }: RemoveMember): Promise<Changed> {
    await this.owners.demandFor(by, memberId);
    const who = { memberId, workspaceId: by.workspaceId };
    return this.standing.change(who, 'removed', () =>
      this.streams.change(member, memberId, by, (state) => removeMember(state, who), options),
    );
  }
}
