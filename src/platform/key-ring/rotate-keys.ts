import { Injectable, Logger } from '@nestjs/common';
import { JobHandler } from '#platform/jobs/job.js';
import { KeyRing } from './key-ring.js';

const HOUR_MS = 60 * 60_000;
const EVERY_DAY_MS = 24 * HOUR_MS;

/** Looks each hour whether it is time for a new key-encryption key, or a rotation was cut off. */
@Injectable()
export class RotateKeys extends JobHandler {
  readonly queue = 'platform-rotate-keys';
  override readonly every = HOUR_MS;
  private readonly log = new Logger('RotateKeys');

  constructor(private readonly keys: KeyRing) {
    super();
  }

  async run(): Promise<void> {
    const done = await this.keys.rotate(EVERY_DAY_MS);
    if (done?.destroyed) this.log.log(`${done.rewrapped} keys were wrapped anew, ${done.destroyed} destroyed`);
  }
}
