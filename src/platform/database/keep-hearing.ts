import type { ClientBase } from 'pg';
import { waitingAtMost } from './answer-deadline.js';

const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

/**
 * Asks now and then on a connection that otherwise only listens: one that has fallen silent looks like one on which
 * nothing is said. It then breaks, which its owner hears. @returns stops asking
 */
export function keepHearing(client: ClientBase, everyMs = ASK_EVERY_MS): () => void {
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    const answered = waitingAtMost(Math.min(everyMs, ANSWER_WITHIN_MS), () => client.query('SELECT 1'));
    await answered.catch(() => undefined); // its owner is told that it broke
    isAsking = false;
  };
  const timer = setInterval(() => void ask(), everyMs).unref();
  const stop = () => clearInterval(timer);
  client.once('end', stop);
  return stop;
}
