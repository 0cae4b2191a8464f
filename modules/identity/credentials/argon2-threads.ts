import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Argon2Answer, Argon2Task } from './argon2-thread.js';

/** Source and build alike: the program lies beside this file and ends as it does. */
const PROGRAM = join(import.meta.dirname, `argon2-thread${extname(import.meta.filename)}`);
const MOST_THREADS = 4;

/** How many proofs are computed at once: half of the processors, so that everybody else has the other half. */
export const PROOFS_AT_ONCE = Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2)));

interface Job {
  readonly task: Argon2Task;
  readonly settled: PromiseWithResolvers<string | boolean>;
}

/**
 * Threads of their own for argon2. The library's own way runs on libuv's four threads, where every file of the disk
 * storage waits as well: whoever signed in often enough kept recordings from being stored.
 */
@Injectable()
export class Argon2Threads implements OnApplicationShutdown {
  private readonly waiting: Job[] = [];
  private readonly idle = new Set<Worker>();
  /** With what says that each has ended. */
  private readonly threads = new Map<Worker, AbortController>();
  private isOver = false;

  /** In the order in which they came. How many may come at once is for the callers to bound. */
  run(task: Argon2Task): Promise<string | boolean> {
    const settled = Promise.withResolvers<string | boolean>();
    if (this.isOver) settled.reject(stopping());
    else this.waiting.push({ task, settled });
    this.next();
    return settled.promise;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isOver = true;
    for (const { settled } of this.waiting.splice(0)) settled.reject(stopping());
    await Promise.all([...this.threads.keys()].map((thread) => thread.terminate()));
  }

  private next(): void {
    const thread = this.waiting.length > 0 && !this.isOver ? this.freeThread() : null;
    if (thread) void this.perform(this.waiting.shift()!, thread);
  }

  private freeThread(): Worker | null {
    const [idle] = this.idle;
    if (idle) this.idle.delete(idle);
    return idle ?? (this.threads.size < PROOFS_AT_ONCE ? this.begin() : null);
  }

  /** One that ends, whatever for, is replaced by the next that is needed. */
  private begin(): Worker {
    const thread = new Worker(PROGRAM, { execArgv: [], env: {} });
    const ended = new AbortController();
    this.threads.set(thread, ended);
    thread.on('error', () => undefined); // whoever waits for it hears of it
    thread.once('exit', () => {
      this.threads.delete(thread);
      this.idle.delete(thread);
      ended.abort();
      this.next();
    });
    return thread;
  }

  private async perform({ task, settled }: Job, thread: Worker): Promise<void> {
    thread.ref();
    thread.postMessage(task);
    try {
      const answer = await this.answerOf(thread);
      if ('failure' in answer) settled.reject(new Error(answer.failure));
      else settled.resolve(answer.result);
      thread.unref(); // idle it keeps no process alive
      this.idle.add(thread);
    } catch (error) {
      settled.reject(error);
    }
    this.next();
  }

  private async answerOf(thread: Worker): Promise<Argon2Answer> {
    const ended = this.threads.get(thread)!.signal;
    const [answer] = (await once(thread, 'message', { signal: ended })) as [Argon2Answer];
    return answer;
  }
}

function stopping(): Error {
  return new Error('This server is stopping');
}
