import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { MemberPasswords } from '../credentials/member-passwords.js';
import { Owners } from '../credentials/owners.js';
import { SignIn } from '../credentials/sign-in.js';
import { activeMember, changeMemberPassword, member, type MemberState } from '../domain/member.js';

/** A member chooses another password, knowing the present one. Ends all of the member's sessions. */
export class ChangePassword extends Command<void> {
  constructor(
    readonly memberId: string,
    readonly present: string,
    readonly wanted: string,
    readonly by: By,
  ) {
    super();
  }
}

/** An admin gives a member a new password. Ends all of the member's sessions. */
export class ResetPassword extends Command<Changed> {
  constructor(
    readonly memberId: string,
    readonly wanted: string,
    readonly by: By,
    readonly options: ChangeOptions = {},
  ) {
    super();
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly streams: Streams,
    private readonly signIn: SignIn,
    private readonly passwords: MemberPasswords,
  ) {}

  async execute({ memberId, present, wanted, by }: ChangePassword): Promise<void> {
    await this.signIn.proveAgain(memberId, present);
    await replacePassword(this.streams, this.passwords, { memberId, wanted, by, how: 'by_member' });
  }
}

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly streams: Streams,
    private readonly passwords: MemberPasswords,
    private readonly owners: Owners,
  ) {}

  async execute({ memberId, wanted, by, options }: ResetPassword): Promise<Changed> {
    if (by.actor.id === memberId) refuse('OWN_PASSWORD', 'Change your own password by giving your present one.');
    await this.owners.demandFor(by, memberId);
    return replacePassword(this.streams, this.passwords, { memberId, wanted, by, how: 'by_admin' }, options);
  }
}

/** Event first: a password never changes without a trace. Whoever hears of a failure tries again. */
async function replacePassword(
  streams: Streams,
  passwords: MemberPasswords,
  { memberId, wanted, by, how }: { memberId: string; wanted: string; by: By; how: 'by_member' | 'by_admin' },
  options: ChangeOptions = {},
): Promise<Changed> {
  const { workspaceId } = by;
  const person = activeMember((await streams.load(member, memberId)).state, workspaceId);
  const hash = await passwords.hashOf(wanted, person);
  const decide = (state: MemberState) => changeMemberPassword(state, { memberId, workspaceId, how });
  const changed = await streams.change(member, memberId, by, decide, options);
  await passwords.replace(memberId, hash);
  return changed;
}
