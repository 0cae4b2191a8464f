import { backOff, Pause } from '../upload/pause.js';
import { Problem } from './request.js';

/**
 * Repeats what is harmless to repeat until the server has answered it; `heard` learns after each failure whether the
 * server was reached. @throws Problem that will not pass
 */
export async function persist(attempt: () => Promise<unknown>, heard?: (reached: boolean) => void): Promise<unknown> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || !error.passing) throw error;
      heard?.(error.status !== 0);
      await untilOnlineOr(backOff(failures, Math.random()));
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
