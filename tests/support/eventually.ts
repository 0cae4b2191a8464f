import { setTimeout as wait } from 'node:timers/promises';

/** Repeats an assertion until it holds; after `withinMs` its last failure is the test's. */
export async function eventually<T>(assertion: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(20);
    }
  }
}
