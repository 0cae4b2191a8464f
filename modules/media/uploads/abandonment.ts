import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import type { AbandonedRecording } from '../contract.js';
import { Attendance } from './attendance.js';
import { UploadLifecycle } from './upload-lifecycle.js';

/** Finds recordings whose customer did not come back. */
@Injectable()
export class Abandonment {
  constructor(
    private readonly config: Config,
    private readonly attendance: Attendance,
    private readonly uploads: UploadLifecycle,
  ) {}

  /** Signs that somebody looks. @returns false while customers could not be heard: then nothing is abandoned */
  async beginLooking(): Promise<boolean> {
    await this.attendance.sign('worker');
    return this.attendance.webIsThere();
  }

  /** The one silent for the longest, but for the excepted ones. */
  async longest(except: Iterable<string>): Promise<AbandonedRecording | undefined> {
    const quietMinutes = this.config.values.ABANDONED_AFTER_MINUTES;
    const [longest] = await this.uploads.abandoned(quietMinutes, { limit: 1, except: [...except] });
    return longest;
  }
}
