import { setTimeout as wait } from 'node:timers/promises';
import { PartAway } from '#platform/config/start-problem.js';

/** How a start deals with what is not there yet. */
export interface Starting {
  /** Calls the start off, in the middle of any wait. */
  readonly stopping: AbortSignal;
  /** How long each part is waited for, in milliseconds; 0 where a person waits at a terminal. */
  readonly patienceMs: number;
  /** Writes a line for the operator. */
  say(line: string): void;
}

/** Tries once. */
export const AT_ONCE: Starting = { stopping: new AbortController().signal, patienceMs: 0, say: () => undefined };

const TRY_EVERY_MS = 1_000;

/**
 * Opens a part, waiting for it where it does not answer yet, of which it says so once.
 * @throws what opening throws once patience ends, and the signal's reason at once when the start is called off
 */
export async function whenThere<T>(open: () => Promise<T>, { stopping, patienceMs, say }: Starting): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    stopping.throwIfAborted();
    try {
      return await unlessStopped(open(), stopping);
    } catch (error) {
      if (!(error instanceof PartAway) || performance.now() >= end) throw error;
      if (!tries) say(`${error.message} Waiting for it, for ${Math.round(patienceMs / 1000)} s at the most.`);
    }
    await wait(TRY_EVERY_MS, undefined, { signal: stopping });
  }
}

/** What is opened after that is nobody's: the program ends. */
function unlessStopped<T>(opening: Promise<T>, stopping: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopping.reason as Error);
    stopping.addEventListener('abort', stop, { once: true });
    opening.then(resolve, reject).finally(() => stopping.removeEventListener('abort', stop));
  });
}
