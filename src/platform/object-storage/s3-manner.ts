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

/**
 * The body of an answer. One that breaks off is an outage of the storage, whatever the line says of it, and so is one
 * that falls silent for that long while its reader waits for more; a reader that rests may take its time.
 */
export function sayingIfAway(body: Readable, silenceMs: number): Readable {
  const told = new PassThrough();
  const away = (cause: Error) => told.destroy(new ObjectStorageAway(cause));
  const silent = () => {
    if (told.writableNeedDrain) timer.refresh();
    else away(new Error(`The body of an answer fell silent for ${silenceMs} ms`));
  };
  const timer = setTimeout(silent, silenceMs).unref();
  for (const news of ['data', 'resume']) body.on(news, () => timer.refresh());
  body.on('error', away).once('end', () => clearTimeout(timer));
  told.once('close', () => (clearTimeout(timer), body.destroy()));
  return body.pipe(told);
}

/** Gives up the body of an answer that decides nothing. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}
