import { backOff, Pause } from '../upload/pause.js';
import type { Unheard } from './ours.js';
import { Problem } from './request.js';

/** What whoever waits learns, and what helps where the capability is over. */
export interface Waiting {
  /** Learns after each failure why the server was not heard; null when it was. */
  heard?(unheard: Unheard | null): void;
  /** Gets a fresh capability, which `attempt` then reads. */
  renew?(): Promise<unknown>;
}

/** Repeats what is harmless to repeat until the server has answered it. @throws Problem that will not pass */
export async function persist(attempt: () => Promise<unknown>, { heard, renew }: Waiting = {}): Promise<unknown> {
  let capability: 'untried' | 'over' | 'renewed' = renew ? 'untried' : 'renewed';
  for (let failures = 0; ;) {
    try {
      if (capability === 'over') {
        await renew!();
        capability = 'renewed';
      }
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const over = error.status === 401 && capability === 'untried';
      if (over) capability = 'over';
      else if (!error.passing) throw error;
      heard?.(error.unheard);
      if (!over) await untilOnlineOr(backOff(failures++, Math.random()));
    }
  }
}

/** Waits, but no longer than until the browser says that the network is back. */
async function untilOnlineOr(atMostMs: number): Promise<void> {
  const pause = new Pause();
  const wake = () => pause.wake();
  addEventListener('online', wake);
  await pause.wait(atMostMs);
  removeEventListener('online', wake);
}
