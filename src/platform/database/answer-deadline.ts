import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * How long a connection may owe an answer. The server itself ends what takes longer than its `statement_timeout`, which
 * is shorter ({@link withSessionSettings}): whoever has not said anything by now has fallen silent.
 */
export const ANSWER_WITHIN_MS = 10_000;
/** An answer that came while this process stood still is read between two looks. */
const LOOK_EVERY_MS = 250;

const patience = new AsyncLocalStorage<number>();

/** The connection was silent for so long that it was given up. What was asked on it may have been done. */
export class DatabaseSilent extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('PostgreSQL has not answered in time; its connection was given up');
  }
}

/** Waits this long, instead of {@link ANSWER_WITHIN_MS}, for each answer of what is asked in `work`. */
export function waitingAtMost<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return patience.run(ms, work);
}

/** Lets a callback that another may call go on in the time of whoever asks now. */
export function inOwnTime<Args extends unknown[]>(then: (...args: Args) => void): (...args: Args) => void {
  const ms = patience.getStore();
  return (...args) => patience.run(ms as number, then, ...args);
}

/** A connection that breaks, rather than being waited on for ever, once the other end has fallen silent. */
export class AnsweringClient extends pg.Client {
  /** Until when each answer has to be there, in the order of the questions. */
  private readonly owed: number[] = [];
  private isSuspect = false;

  /** @throws DatabaseSilent */
  override query(...args: unknown[]): never {
    this.owed.push(performance.now() + (patience.getStore() ?? ANSWER_WITHIN_MS));
    owing.add(this);
    looking ??= setInterval(look, LOOK_EVERY_MS).unref();
    const then = args.at(-1);
    if (typeof then === 'function') args[args.length - 1] = (...answer: unknown[]) => (this.heard(), then(...answer));
    const asked: unknown = Reflect.apply(super.query, this, args);
    if (asked instanceof Promise) asked.then(this.heard, this.heard);
    return asked as never;
  }

  /** Breaks the connection once it has owed an answer for too long: what was asked on it fails, and its pool forgets it. */
  giveUpIfSilent(now: number): void {
    const isLate = this.owed.some((due) => due < now);
    if (isLate && this.isSuspect) {
      const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
      owing.delete(this);
      stream.destroy(new DatabaseSilent());
    }
    this.isSuspect = isLate;
  }

  private readonly heard = (): void => {
    this.owed.shift();
    this.isSuspect = false;
    if (!this.owed.length) owing.delete(this);
  };
}

/** Those that owe an answer. One timer for all: one for each question took a fifth of what asking takes. */
const owing = new Set<AnsweringClient>();
let looking: NodeJS.Timeout | undefined;

function look(): void {
  const now = performance.now();
  for (const client of owing) client.giveUpIfSilent(now);
}
