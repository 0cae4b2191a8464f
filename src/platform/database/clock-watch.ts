import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from './database.js';

const EVERY_MS = 3_600_000;
/** Links, sessions and uploads last for minutes at the least: what is closer than this does no harm. */
const MOST_APART_S = 60;

/**
 * Says when this machine's clock and that of PostgreSQL are apart: what one server lets somebody in for is then over, or
 * has not begun, at another.
 */
@Injectable()
export class ClockWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('Clock');
  private timer?: NodeJS.Timeout;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    const look = () => void this.look().catch(() => undefined); // a database that is away is said elsewhere
    this.timer = setInterval(look, EVERY_MS).unref();
    look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const asked = performance.now();
    const { rows } = await this.database.pool.query('SELECT extract(epoch FROM clock_timestamp())::float8 AS now');
    const answeredWithinS = (performance.now() - asked) / 1000;
    const ahead = Date.now() / 1000 - rows[0].now;
    // The answer may have been on its way for all of that time.
    if (ahead > -MOST_APART_S && ahead - answeredWithinS < MOST_APART_S) return;
    this.log.warn(
      `This machine's clock is ${Math.round(Math.abs(ahead))} s ${ahead > 0 ? 'ahead of' : 'behind'} PostgreSQL's: links ` +
        'and sign-ins end too early or too late, and what one server allows another refuses. Set both clocks by NTP.',
    );
  }
}
