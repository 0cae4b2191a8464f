import { PassThrough, type Readable } from 'node:stream';
import { ObjectStorageAway } from './object-storage.js';

/** What the client is told of one request. */
export interface Haste {
  readonly abortSignal?: AbortSignal;
  /** Of each attempt, in milliseconds. */
  readonly requestTimeout?: number;
}

/** Asks for what a person may be waiting for: the answer comes within that time, over all attempts, or it is given up. */
export async function inTime<Answer>(patienceMs: number, ask: (haste: Haste) => Promise<Answer>): Promise<Answer> {
  const overdue = new AbortController();
  const timer = setTimeout(() => overdue.abort(), patienceMs);
  try {
    // One connection that has fallen silent must not take all of it.
    return await ask({ abortSignal: overdue.signal, requestTimeout: 0.4 * patienceMs });
  } finally {
    clearTimeout(timer);
  }
}

/** The body of an answer. One that breaks off is an outage of the storage, whatever the line says of it. */
export function sayingIfAway(body: Readable): Readable {
  const told = new PassThrough();
  body.on('error', (cause) => told.destroy(new ObjectStorageAway(cause)));
  told.once('close', () => body.destroy());
  return body.pipe(told);
}

/** Gives up the body of an answer that decides nothing. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}
