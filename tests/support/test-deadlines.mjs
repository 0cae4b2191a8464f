// The runner of the server's tests lets Node load modules as the product does, which takes a quarter less time than
// Jest's own does, but knows no deadlines: what hangs would hang the whole run. This gives each test and hook one.
import { addEventHandler } from 'jest-circus';

/** Far more than any of them takes by itself, in milliseconds: what shares the machine must not decide. */
const DEADLINE_MS = 90_000;
// Tests that move the clock move not this one.
const { setTimeout, clearTimeout } = globalThis;

addEventHandler(({ name }, { currentDescribeBlock: { children, hooks } }) => {
  const added = name === 'add_test' ? children.at(-1) : name === 'add_hook' ? hooks.at(-1) : undefined;
  if (added?.fn) added.fn = inTime(added.fn, added.timeout ?? DEADLINE_MS);
});

function inTime(run, ms) {
  return async () => {
    const { promise: overdue, reject } = Promise.withResolvers();
    const timer = setTimeout(() => reject(new Error(`Not over after ${ms} ms`)), ms);
    try {
      return await Promise.race([run(), overdue]);
    } finally {
      clearTimeout(timer);
    }
  };
}
