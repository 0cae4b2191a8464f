import { Injectable } from '@nestjs/common';
import { IdentityQueries } from '#modules/identity/contract.js';
import { Config } from '#platform/config/config.js';
import { WebAttendance } from '../web-attendance.js';

/** When a recording counts as abandoned, and what its workspace wants done with it then. */
@Injectable()
export class AbandonedRule {
  constructor(
    private readonly identity: IdentityQueries,
    private readonly config: Config,
    private readonly attendance: WebAttendance,
  ) {}

  /** Whether customers could be heard at all: while nobody is there to hear them, nothing is abandoned. */
  silenceCounts(): Promise<boolean> {
    return this.attendance.isThere();
  }

  get quietMinutes(): number {
    return this.config.values.ABANDONED_AFTER_MINUTES;
  }

  async keeps(workspaceId: string): Promise<boolean> {
    return (await this.identity.workspace(workspaceId)).abandonedPolicy === 'finalise';
  }
}
