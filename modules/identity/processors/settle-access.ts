import { Injectable } from '@nestjs/common';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { LiftedEvent } from '#platform/streams/lift.js';
import { Streams } from '#platform/streams/streams.js';
import { AccountReservations } from '../credentials/account-reservations.js';
import { AccountStanding } from '../credentials/account-standing.js';
import { member, type MemberEvent } from '../domain/member.js';

const QUEUE = 'identity-settle-access';

type SettleAccess = { readonly memberId: string };

function settle({ data: { memberId } }: LiftedEvent<MemberEvent>): { data: SettleAccess } {
  return { data: { memberId } };
}

/**
 * Commands let their events take effect at once. Should one die between the two, this job makes it good: nobody keeps
 * an access that the log says they lost, or lacks one they were given.
 */
export const settleAccess: Processor<SettleAccess> = {
  queue: QUEUE,
  on: handlersOf(member, { MemberAdded: settle, MemberRoleChanged: settle, MemberRemoved: settle }),
};

@Injectable()
export class SettleAccessHandler extends JobHandler<SettleAccess> {
  readonly queue = QUEUE;
  override readonly attempts = 20;

  constructor(
    private readonly streams: Streams,
    private readonly reservations: AccountReservations,
    private readonly standing: AccountStanding,
  ) {
    super();
  }

  async run({ memberId }: SettleAccess): Promise<void> {
    const { state, version } = await this.streams.load(member, memberId);
    if (state.status === 'unknown') return;
    await this.standing.settle(memberId, version, state.status === 'removed' ? 'removed' : state.role);
    if (state.status === 'active') await this.reservations.activate(memberId);
  }
}
