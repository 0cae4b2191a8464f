import { setTimeout as wait } from 'node:timers/promises';
import type { Journey } from './journey.js';

const LOOK_EVERY_MS = 100;

/** Notes when the server has committed more of the newest upload, for as long as it watches. */
export class Arrivals {
  private readonly moments = [performance.now()];
  private watching = true;
  private readonly done: Promise<void>;

  constructor(private readonly journey: Journey) {
    this.done = this.watch();
  }

  /** @returns how often more arrived, and the longest time that nothing did, in milliseconds */
  async end(): Promise<{ times: number; longestGapMs: number }> {
    this.watching = false;
    await this.done;
    const gaps = [...this.moments, performance.now()].slice(1).map((moment, index) => moment - this.moments[index]!);
    return { times: this.moments.length - 1, longestGapMs: Math.max(...gaps) };
  }

  private async watch(): Promise<void> {
    let before = (await this.journey.segments()).length;
    while (this.watching) {
      await wait(LOOK_EVERY_MS);
      const now = (await this.journey.segments()).length;
      if (now > before) this.moments.push(performance.now());
      before = now;
    }
  }
}
