import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, Streams } from '#platform/streams/streams.js';
import { AccountReservations } from '../credentials/account-reservations.js';
import { MemberPasswords } from '../credentials/member-passwords.js';
import { addMember, member, type MemberRole } from '../domain/member.js';

export interface AddedMember {
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly password: string;
}

/** Lets somebody into the workspace. The caller chooses the id, so that a retry is the same member. */
export class AddMember extends Command<Changed> {
  constructor(
    readonly memberId: string,
    readonly input: AddedMember,
    readonly by: By,
  ) {
    super();
  }
}

/** Address reserved, event appended, account in force: a crash in between is made good by a retry or by the worker. */
@CommandHandler(AddMember)
export class AddMemberHandler implements ICommandHandler<AddMember> {
  constructor(
    private readonly streams: Streams,
    private readonly reservations: AccountReservations,
    private readonly passwords: MemberPasswords,
  ) {}

  async execute({ memberId, input: { password, ...person }, by }: AddMember): Promise<Changed> {
    const passwordHash = await this.passwords.hashOf(password, person);
    const { workspaceId } = by;
    await this.reservations.reserve({ memberId, workspaceId, passwordHash, ...person });
    const added = { memberId, workspaceId, ...person };
    const changed = await this.streams.change(member, memberId, by, (state) => addMember(state, added));
    await this.reservations.activate(memberId);
    return changed;
  }
}
