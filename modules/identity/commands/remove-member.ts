import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { AccountStanding } from '../credentials/account-standing.js';
import { member, type MemberState, removeMember } from '../domain/member.js';
import { HeldApiKeys, type KeysOfLeaver } from './held-api-keys.js';

interface Removal extends ChangeOptions {
  /** Must be said when the member holds any. */
  readonly keys?: KeysOfLeaver;
}

/** Ends the membership, every session and the API keys not handed over, at once; the e-mail address is free again. */
export class RemoveMember extends Command<Changed> {
  constructor(
    readonly memberId: string,
    readonly by: By,
    readonly options: Removal = {},
  ) {
    super();
  }
}

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(
    private readonly streams: Streams,
    private readonly standing: AccountStanding,
    private readonly keys: HeldApiKeys,
  ) {}

  async execute({ memberId, by, options: { keys, expected } }: RemoveMember): Promise<Changed> {
    const who = { memberId, workspaceId: by.workspaceId };
    const remove = (state: MemberState) => removeMember(state, who);
    const changed = await this.standing.change(who, 'removed', by, async () => {
      // Whoever speaks of an older version, or of nobody, moves no key.
      await this.streams.change(member, memberId, by, (state) => (remove(state), []), { expected });
      await this.keys.settleBefore(memberId, keys, by);
      return this.streams.change(member, memberId, by, remove, { expected });
    });
    await this.keys.revokeAllOf(memberId, by);
    return changed;
  }
}
