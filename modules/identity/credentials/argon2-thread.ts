import { parentPort } from 'node:worker_threads';
import { hashSync, type Options, verifySync } from '@node-rs/argon2';

/** What a thread is asked for: one computation at a time. */
export type Argon2Task =
  | { readonly kind: 'hash'; readonly password: string; readonly options: Options }
  | { readonly kind: 'verify'; readonly password: string; readonly hashed: string };

export type Argon2Answer = { readonly result: string | boolean } | { readonly failure: string };

parentPort!.on('message', (task: Argon2Task) => parentPort!.postMessage(answerTo(task)));

function answerTo(task: Argon2Task): Argon2Answer {
  try {
    return {
      result: task.kind === 'hash' ? hashSync(task.password, task.options) : verifySync(task.hashed, task.password),
    };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
