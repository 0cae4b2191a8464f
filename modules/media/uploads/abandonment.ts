import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { WebAttendance } from './web-attendance.js';

/** When a recording counts as abandoned. */
@Injectable()
export class Abandonment {
  constructor(
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
}
