import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * How long a connection may owe an answer. The server itself ends what takes longer than its `statement_timeout`, which
 * is shorter ({@link withSessionSettings}): whoever has not said anything by now has fallen silent.
 */
export const ANSWER_WITHIN_MS = 10_000;
/** An answer that came while this process stood still is read before its connection is given up. */
const READ_FIRST_MS = 250;

const patience = new AsyncLocalStorage<number>();

/** The connection was silent for so long that it was given up. What was asked on it may have been done. */
export class DatabaseSilent extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(afterMs: number) {
    super(`PostgreSQL has not answered for ${afterMs} ms; its connection was given up`);
  }
}

/** Waits this long, instead of {@link ANSWER_WITHIN_MS}, for each answer of what is asked in `work`. */
export function waitingAtMost<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return patience.run(ms, work);
}

/** A connection that breaks, rather than being waited on for ever, once the other end has fallen silent. */
export class AnsweringClient extends pg.Client {
  /** @throws DatabaseSilent */
  override query(...args: unknown[]): never {
    const query = super.query.bind(this) as (...args: unknown[]) => unknown;
    const heard = this.giveUpUnlessHeard(patience.getStore() ?? ANSWER_WITHIN_MS);
    const then = args.at(-1);
    if (typeof then === 'function') {
      const answered = (...answer: unknown[]) => (heard(), then(...answer));
      return query(...args.slice(0, -1), answered) as never;
    }
    const asked = query(...args);
    if (asked instanceof Promise) asked.then(heard, heard);
    return asked as never;
  }

  /** Breaks the connection: whatever was asked on it fails, and its pool forgets it. */
  private giveUp(afterMs: number): void {
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.destroy(new DatabaseSilent(afterMs));
  }

  private giveUpUnlessHeard(withinMs: number): () => void {
    const later = () => (timer = setTimeout(() => this.giveUp(withinMs), READ_FIRST_MS).unref());
    let timer = setTimeout(later, withinMs).unref();
    return () => clearTimeout(timer);
  }
}
